// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the node wrote to its console. */
final class NodeLog {
  // The console's layout puts the exception right behind this message, without a space.
  private static final Pattern PREAMBLE =
      Pattern.compile(
          "^(\\[[^\\]]*\\]){3} \\[[^\\]]*\\] (fatal exception while booting Elasticsearch)?");
  private static final List<Pattern> TELLING =
      List.of(
          Pattern.compile("^Likely root cause: .*"),
          Pattern.compile("^Caused by: .*"),
          Pattern.compile("^[a-zA-Z_.$]+(Exception|Error): .*"),
          Pattern.compile("^bootstrap check failure .*"),
          Pattern.compile(".*\\[(ERROR|FATAL) ?\\].*"),
          Pattern.compile("^(ERROR|error|Exception in thread|Error)\\b.*"));

  private final Path file;

  NodeLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** The last lines, oldest first. */
  List<String> tail(int lines) {
    List<String> all = lines();
    return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** The line that best says why the node failed: the innermost cause where there is one. */
  String telling() {
    List<String> all = lines();
    for (Pattern pattern : TELLING) {
      for (int i = all.size() - 1; i >= 0; i--) {
        if (pattern.matcher(all.get(i)).matches()) {
          return PREAMBLE.matcher(all.get(i)).replaceFirst("").strip();
        }
      }
    }
    return last().isEmpty() ? "the node wrote nothing" : last();
  }

  /** The last line that is not blank, or empty. */
  String last() {
    List<String> all = lines();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (!all.get(i).isBlank()) {
        return all.get(i).strip();
      }
    }
    return "";
  }

  private List<String> lines() {
    try {
      return Files.exists(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read [" + file + "]", e);
    }
  }
}
