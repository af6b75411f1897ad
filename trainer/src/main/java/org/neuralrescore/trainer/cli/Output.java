// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.databind.json.JsonMapper;

/** Standard output: text for people or, with {@code --json}, one JSON document and nothing else. */
final class Output {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Option(names = "--json", description = "Print one JSON document for machines, and no text.")
  boolean json;

  @Spec(Target.MIXEE)
  CommandSpec command;

  /** Prints a line for people; nothing under {@code --json}. */
  void text(String line) {
    if (!json) {
      out().println(shown(line));
    }
  }

  /** Titles and ids are other people's: what would steer a terminal is shown as a question mark. */
  private static String shown(String text) {
    return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\t\r\n]]|\r(?!\n)", "?");
  }

  /** Tells a person something they should know, beside the result, on standard error. */
  void note(String line) {
    command.commandLine().getErr().println("neural-rescore: note: " + shown(line));
  }

  /** Prints the result for machines; nothing without {@code --json}. */
  void json(Object result) {
    if (json) {
      out().println(MAPPER.writeValueAsString(result));
    }
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
