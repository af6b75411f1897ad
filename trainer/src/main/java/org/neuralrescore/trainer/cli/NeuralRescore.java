// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The entry point: {@code neural-rescore COMMAND ...}. */
@Command(
    name = "neural-rescore",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Ranks Elasticsearch results for the person who asks: factors and a neural scorer,",
      "trained here, run inside the rescore phase.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      CheckDataCommand.class,
      TrainCommand.class,
      MethodsCommand.class,
      TuneCommand.class,
      EvaluateCommand.class,
      PublishCommand.class,
      SearchCommand.class,
      RetrainCommand.class,
      RollbackCommand.class,
      GenerateCommand.class,
      BenchCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a defect of this program (a stack trace tells where)",
      "2:unknown or contradictory options",
      "3:an input file is missing, malformed or empty",
      "4:the target is there already",
      "5:no cluster, or it refused",
      "6:things that must agree do not (dims, generations, parity, ranks)",
      "7:the build, the installer or a child process failed",
      "8:a model was found worse than the deployed one or than its baselines; nothing was published",
      "9:another run is at work on the same model"
    },
    footer = {
      "",
      "Start with:  neural-rescore demo          all of it, on data that it makes",
      "Each command explains itself:  neural-rescore COMMAND --help"
    })
public final class NeuralRescore {

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(new FileOutputStream(FileDescriptor.out), printer(System.err), args));
  }

  /** As below, and what standard output does not take is told. */
  static int run(OutputStream out, PrintWriter err, String... args) {
    WatchedOutput watched = new WatchedOutput(out);
    PrintWriter text =
        new PrintWriter(new OutputStreamWriter(watched, StandardCharsets.UTF_8), true);
    int code = run(text, err, args);
    text.flush();
    Optional<IOException> lost = watched.lost();
    lost.ifPresent(
        why ->
            err.println(
                "neural-rescore: standard output cannot be written ("
                    + why.getMessage()
                    + "), so what was to be printed is lost; the rest is done"));
    return lost.isPresent() && code == 0 ? UserError.Kind.ENVIRONMENT.exitCode() : code;
  }

  /** Runs a command with standard output and error; everything but the exit. */
  public static int run(String... args) {
    return run(printer(System.out), printer(System.err), args);
  }

  /**
   * Runs a command.
   *
   * @param out results
   * @param err errors
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    try {
      return execute(out, err, args);
    } catch (OutOfMemoryError e) {
      // Behind picocli, which hands exceptions to its handler, but no errors.
      return OneLineErrors.tell(e, err);
    }
  }

  private static int execute(PrintWriter out, PrintWriter err, String... args) {
    OneLineErrors errors = new OneLineErrors();
    CommandLine commands =
        new CommandLine(new NeuralRescore())
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(errors)
            .setParameterExceptionHandler(errors)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setAbbreviatedOptionsAllowed(false);
    try {
      ProjectDefaults.install(commands, args);
    } catch (UserError e) {
      return OneLineErrors.tell(e, err);
    }
    return commands.execute(args);
  }

  private static PrintWriter printer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
