// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bench.speed.SolverBench;
import org.neuralrescore.trainer.bench.speed.SolverBenchOptions;
import org.neuralrescore.trainer.bench.speed.SolverBenchReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures again what the documents say of speed and quality. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures again what the documents say of speed and quality.",
    subcommands = {BenchCommand.Trainer.class, BenchQuality.class, BenchScale.class},
    synopsisSubcommandLabel = "trainer|quality|scale")
final class BenchCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new UserError(
        UserError.Kind.USAGE, "name what to measure: bench trainer, bench quality or bench scale");
  }

  /** The solvers. */
  @Command(
      name = "trainer",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Times one sweep of every solver on a generated power-law matrix, the training of a"
            + " 64-32-16-8 scorer in rows a second (64 inputs a row, item and product of rank 32),"
            + " and the time to"
            + " scikit-learn's objective beside scikit-learn's own where /usr/bin/python3 has it"
            + " (Debian's python3-sklearn). Both sides run in turn in every run; medians are over"
            + " the runs. Wants a machine that does nothing else."
      })
  static final class Trainer implements Callable<Integer> {
    @Option(names = "--rows", defaultValue = "20000", description = "Default ${DEFAULT-VALUE}.")
    int rows;

    @Option(names = "--columns", defaultValue = "10000", description = "Default ${DEFAULT-VALUE}.")
    int columns;

    @Option(
        names = "--non-zeros",
        defaultValue = "1000000",
        description = "Default ${DEFAULT-VALUE}.")
    int nonZeros;

    @Option(names = "--rank", defaultValue = "32", description = "Default ${DEFAULT-VALUE}.")
    int rank;

    @Option(names = "--threads", defaultValue = "2", description = "Default ${DEFAULT-VALUE}.")
    int threads;

    @Option(names = "--runs", defaultValue = "3", description = "Default ${DEFAULT-VALUE}.")
    int runs;

    @Option(
        names = "--sweeps",
        defaultValue = "10",
        description = "Timed in a run; default ${DEFAULT-VALUE}.")
    int sweeps;

    @Option(
        names = "--scikit-iterations",
        defaultValue = "50",
        description = "0 leaves scikit-learn out; default ${DEFAULT-VALUE}.")
    int scikitIterations;

    @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
    long seed;

    @Mixin Output output;

    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      SolverBenchOptions options;
      try {
        options =
            new SolverBenchOptions(
                rows, columns, nonZeros, rank, threads, runs, sweeps, scikitIterations, seed);
      } catch (IllegalArgumentException e) {
        throw new UserError(UserError.Kind.USAGE, e.getMessage(), e);
      }
      SolverBenchReport report = SolverBench.run(options, TerminalProgress.standard());
      if (output.json) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.toJson());
      }
      for (SolverBenchReport.Sweep sweep : report.sweeps()) {
        output.text(
            String.format(
                Locale.ROOT, "%-32s %.4f s a sweep", sweep.solver(), sweep.seconds().median()));
      }
      output.text(
          String.format(
              Locale.ROOT,
              "%-32s %,.0f rows a second",
              "scorer " + report.scorer().network(),
              report.scorer().rowsPerSecond()));
      for (SolverBenchReport.Comparison one : report.scikitLearn()) {
        output.text(String.format(Locale.ROOT, "%-32s %s", one.solver(), one.inWords()));
      }
      output.text("scikit-learn: " + report.scikitLearnNote());
      return 0;
    }
  }
}
