// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line inside the test's JVM, with what it printed. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = NeuralRescore.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** The error's only line. */
  String errorLine() {
    if (err.lines().count() != 1) {
      throw new AssertionError("expected one line of error, got: " + err);
    }
    return err.strip();
  }
}
