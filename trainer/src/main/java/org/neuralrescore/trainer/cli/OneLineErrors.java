// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * One line on standard error for what a person can mend; a stack trace only for our own defects.
 */
final class OneLineErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int DEFECT = 1;

  /** Characters of a line; a file's content in a message can be as long as the file. */
  private static final int LONGEST = 2_000;

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parsed) {
    return tell(exception, commandLine.getErr());
  }

  /** Prints what was thrown and says with which code to exit. */
  static int tell(Throwable thrown, PrintWriter err) {
    Optional<UserError> mendable = Mendable.of(thrown);
    if (mendable.isPresent()) {
      err.println("neural-rescore: " + oneLine(mendable.get().getMessage()));
      if (Boolean.getBoolean("neuralrescore.verbose")) {
        thrown.printStackTrace(err);
      }
      return mendable.get().kind().exitCode();
    }
    err.println("neural-rescore: this is a defect, please report it:");
    thrown.printStackTrace(err);
    return DEFECT;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    CommandLine commandLine = exception.getCommandLine();
    commandLine
        .getErr()
        .println(
            "neural-rescore: "
                + oneLine(exception.getMessage())
                + "; see "
                + commandLine.getCommandSpec().qualifiedName()
                + " --help");
    return UserError.Kind.USAGE.exitCode();
  }

  private static String oneLine(String message) {
    if (message == null) {
      return "no message";
    }
    String line = message.replaceAll("\\s*\\R\\s*", " ").replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
    // What to do stands at the end.
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST / 2) + " ... " + line.substring(line.length() - LONGEST / 2);
  }
}
