// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page of the project, line by line. */
public final class PageLines {
  private PageLines() {}

  /** Whether a page has each of these lines. */
  public static void assertHas(String page, List<String> rows) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of(System.getProperty("neuralrescore.root"), page));
    for (String row : rows) {
      assertTrue(lines.contains(row), row);
    }
  }
}
