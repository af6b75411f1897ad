// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.plugin.bundle.SmallModel;

/**
 * A temporary folder from which nothing may be executed does not keep the native library from
 * loading: it lies in the plugin's own folder. Needs the right to mount, and is skipped without.
 */
class NoexecIT {
  @Test
  void search_whenTheTemporaryFolderIsNoexec_isRescored(@TempDir Path root)
      throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(root.resolve("noexec"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Assumptions.assumeTrue(
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "noexec,mode=1777,size=64m",
            "tmpfs",
            temporary.toString()),
        "no right to mount a noexec folder here");
    try {
      Cluster cluster =
          Cluster.start(
              Cluster.installed()
                  .javaOptions(
                      "-Xms512m -Xmx512m -Djava.io.tmpdir=" + temporary + Cluster.SHORT_LIVED)
                  .build());
      try {
        SmallModel model = SmallModel.of("noexec", "g1", 1);
        Films films = Films.create(cluster, "", model, "noexec", 1, Map.of("index", false));
        Map<String, Double> scores =
            Films.scores(films.run(films.search(SmallModel.map("model", "noexec/g1"), 100)));
        assertEquals(Films.FILMS, scores.size());
        scores.forEach(
            (id, score) ->
                assertEquals(model.score(model.defaultUser(), films.item(id)), score, 1e-5, id));
      } finally {
        cluster.stop();
      }
    } finally {
      run("umount", temporary.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
