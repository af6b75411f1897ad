// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neuralrescore.trainer.base.journal.WholeFile;

/** A project file as a person reads it. */
final class ProjectText {
  private static final String HEAD =
      """
      # A project of neural-rescore: flags of its commands, said once. A command given -p THIS reads them; its own flags win.
      # Any flag of any command may stand here, '--user-column x' as 'user_column: x'. Paths are as seen from this file.
      """;

  private ProjectText() {}

  /** Writes it, whole or not at all. */
  static void write(Path file, Map<String, String> flags) {
    StringBuilder text = new StringBuilder(HEAD);
    flags.forEach(
        (flag, value) -> text.append(flag).append(": ").append(quoted(value)).append('\n'));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WholeFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Plain where YAML takes the text for itself, else in double quotes. */
  private static String quoted(String value) {
    boolean plain =
        value.matches("[A-Za-z_./][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
            && !value.matches("(?i)true|false|yes|no|on|off|null|y|n|\\.(inf|nan)");
    return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A delimiter in words. */
  static String shown(String delimiter) {
    return delimiter.equals("\t") ? "tabs" : "'" + delimiter + "'";
  }
}
