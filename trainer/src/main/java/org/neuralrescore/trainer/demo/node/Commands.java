// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Short child processes, run to their end. */
final class Commands {
  private Commands() {}

  /**
   * What a command said.
   *
   * @param exitCode 0 where all is well
   * @param output standard output and error, in the order written
   */
  record Outcome(int exitCode, String output) {
    /** The last line that is not blank and no stack frame, or the exit code's. */
    String lastLine() {
      String last = "exit code " + exitCode;
      for (String line : output.split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("\t") && !line.startsWith(" ")) {
          last = line.strip();
        }
      }
      return last;
    }
  }

  static Outcome run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** False where the command fails or is not there. */
  static boolean succeeds(Path folder, List<String> command) throws InterruptedException {
    try {
      return run(folder, Map.of(), command).exitCode() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
