// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What differs between the lines of Elasticsearch stays a few short files behind one package. */
class LineSeamTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("neuralrescore.root"), "plugin", "src");
  private static final Path PACKAGE = Path.of("java", "org", "neuralrescore", "plugin", "line");

  /** Folders of sources that only some releases compile. */
  private static final Set<String> FOLDERS = Set.of("es8", "es9", "until-es9.4", "from-es9.5");

  private static final int MAX_FILES = 5;
  private static final int MAX_LINES = 300;

  private static Map<Path, Integer> files(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES.resolve(folder))) {
      Map<Path, Integer> lines = new TreeMap<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        lines.put(SOURCES.resolve(folder).relativize(file), Files.readAllLines(file).size());
      }
      return lines;
    }
  }

  private static Map<Path, Integer> whole(String line, String rest) {
    try {
      Map<Path, Integer> files = new TreeMap<>(files(line));
      files(rest)
          .forEach(
              (file, lines) ->
                  assertEquals(null, files.put(file, lines), file + " is in both folders"));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void seam_ofEachLine_isAFewShortFilesInOnePackage() {
    for (List<String> folders :
        List.of(
            List.of("es8", "until-es9.4"),
            List.of("es9", "until-es9.4"),
            List.of("es9", "from-es9.5"))) {
      Map<Path, Integer> files = whole(folders.get(0), folders.get(1));
      assertTrue(
          files.keySet().stream().allMatch(file -> file.getParent().equals(PACKAGE)),
          folders + " have files outside of " + PACKAGE + ": " + files.keySet());
      assertTrue(
          files.size() <= MAX_FILES, folders + " expect at most " + MAX_FILES + ": " + files);
      int lines = files.values().stream().mapToInt(Integer::intValue).sum();
      assertTrue(lines <= MAX_LINES, folders + " expect at most " + MAX_LINES + ", got " + lines);
    }
  }

  @Test
  void seam_hasTheSameClassesInBothLines() {
    assertEquals(
        whole("es8", "until-es9.4").keySet(), whole("es9", "from-es9.5").keySet(), "classes");
  }

  @Test
  void sources_haveNoOtherFolders() throws IOException {
    try (Stream<Path> folders = Files.list(SOURCES)) {
      Set<String> found = new TreeSet<>();
      folders.forEach(folder -> found.add(folder.getFileName().toString()));
      found.removeAll(Set.of("main", "test"));
      assertEquals(FOLDERS, found);
    }
  }
}
