package org.neuralrescore.trainer.cli;

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

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parsed) {
    if (exception instanceof UserError error) {
      commandLine.getErr().println("neural-rescore: " + oneLine(error.getMessage()));
      if (Boolean.getBoolean("neuralrescore.verbose")) {
        error.printStackTrace(commandLine.getErr());
      }
      return error.kind().exitCode();
    }
    commandLine.getErr().println("neural-rescore: this is a defect, please report it:");
    exception.printStackTrace(commandLine.getErr());
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
    return message == null ? "no message" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
