// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What every page keeps to, without running any of it; {@link ReadmeIT} runs the examples. */
class PagesTest {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));
  private static final int WIDTH = 160;

  /** A section with two lines that are a little wider. */
  private static final String WIDE = "## On Spark";

  /** A file that a build makes, with what stands for its version. */
  private static final Pattern BUILT =
      Pattern.compile(
          "neural-rescore-(?:spark-)?(\\w[\\w.-]*?)(?:-es[\\d.]+)?\\.(?:zip|tar\\.gz|jar)");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> folders = Files.list(ROOT)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        addPages(folder, pages);
      }
    }
    addPages(ROOT, pages);
    assertTrue(pages.size() > 10, pages.toString());
    return pages;
  }

  private static void addPages(Path folder, List<Path> pages) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
  }

  @Test
  void firstPage_isShort() throws IOException {
    int lines = Files.readAllLines(ROOT.resolve("README.md")).size();
    assertTrue(lines <= 120, "lines: " + lines);
  }

  /** Tables and examples are as wide as they are, and the changes of a release are a line each. */
  @Test
  void prose_isNarrow() throws IOException {
    List<String> wide = new ArrayList<>();
    for (Path page : pages()) {
      boolean example = false;
      String section = "";
      for (String line : Files.readAllLines(page)) {
        example ^= line.startsWith("```");
        section = line.startsWith("## ") ? line : section;
        boolean apart = line.startsWith("|") || section.equals(WIDE);
        if (line.length() > WIDTH && !example && !apart) {
          wide.add(ROOT.relativize(page) + ": " + line);
        }
      }
    }
    wide.removeIf(line -> line.startsWith("CHANGELOG.md"));
    assertEquals(List.of(), wide);
  }

  @Test
  void everyLink_leadsSomewhere() throws IOException {
    for (Path page : pages()) {
      for (Readme.Link link : Readme.links(page)) {
        assertTrue(Files.exists(link.target()), page + ": " + link.text());
        if (!link.heading().isEmpty()) {
          assertTrue(headings(link.target()).contains(link.heading()), page + ": " + link.text());
        }
      }
    }
  }

  private static List<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-'))
        .toList();
  }

  /** A block is an object, entries of a list, or entries of an object. */
  @Test
  void everyJson_parses() throws IOException {
    for (Path page : pages()) {
      for (Readme.Block block : Readme.blocks(page)) {
        if (block.language().equals("json")) {
          String text = String.join("\n", block.lines());
          assertTrue(parses("[" + text + "]") || parses("{" + text + "}"), page + ": " + text);
        }
      }
    }
  }

  private static boolean parses(String json) {
    try {
      return !JsonMapper.shared().readTree(json).isEmpty();
    } catch (JacksonException e) {
      return false;
    }
  }

  /** A release changes the version, and who installs copies a name. */
  @Test
  void everyBuiltFile_isNamedByAPlaceholderOrAsTheBuildNamesIt() throws IOException {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertTrue(version.find());
    int named = 0;
    for (Path page : pages()) {
      Matcher built = BUILT.matcher(Files.readString(page));
      while (built.find()) {
        assertTrue(
            List.of("VERSION", version.group(1)).contains(built.group(1)),
            page + ": " + built.group());
        named++;
      }
    }
    assertTrue(named >= 3, "named: " + named);
  }
}
