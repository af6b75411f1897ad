// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer's release archive, unpacked and used where there is a JDK and no Maven. */
class ReleaseArchiveIT {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));

  @TempDir Path directory;

  private String run(Path home, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + out);
    return out;
  }

  @Test
  void archive_unpackedElsewhere_generatesTrainsAndEvaluates() throws Exception {
    List<Path> archives;
    try (Stream<Path> files = Files.list(ROOT.resolve("trainer/target"))) {
      archives = files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
    }
    assertEquals(1, archives.size(), archives.toString());
    run(directory, "tar", "xzf", archives.get(0).toString());
    Path home;
    try (Stream<Path> folders = Files.list(directory)) {
      home =
          folders
              .filter(folder -> folder.getFileName().toString().startsWith("neural-rescore-"))
              .findFirst()
              .orElseThrow();
    }
    assertEquals(
        archives.get(0).getFileName().toString(), home.getFileName().toString() + ".tar.gz");
    String launcher = home.resolve("trainer/bin/neural-rescore").toString();
    run(home, launcher, "generate", "--out", "data", "--items", "100", "--users", "60");
    List<String> train =
        new ArrayList<>(List.of(launcher, "train", "--data", "data", "--name", "films"));
    train.addAll(List.of("--rank", "8", "--no-network", "--baselines", "none"));
    run(home, train.toArray(String[]::new));
    String told =
        run(
            home,
            launcher,
            "evaluate",
            "onnx-models/films",
            "--data",
            "data",
            "--baselines",
            "none");
    assertTrue(told.contains("NDCG@10"), told);
    assertTrue(Files.exists(home.resolve("es-config/items-index.json")));
    assertEquals(List.of(), deadLinks(home));
    try (Stream<Path> built = Files.list(home.resolve("trainer"))) {
      assertTrue(built.noneMatch(file -> file.endsWith("target")));
    }
  }

  /** Links of the archive's pages to files that it does not have. */
  private static List<String> deadLinks(Path home) throws IOException {
    List<String> dead = new ArrayList<>();
    List<Path> pages;
    try (Stream<Path> files = Files.walk(home)) {
      pages = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
    assertTrue(pages.size() > 8, pages.toString());
    for (Path page : pages) {
      for (Readme.Link link : Readme.links(page)) {
        if (!Files.exists(link.target())) {
          dead.add(home.relativize(page) + ": " + link.text());
        }
      }
    }
    return dead;
  }
}
