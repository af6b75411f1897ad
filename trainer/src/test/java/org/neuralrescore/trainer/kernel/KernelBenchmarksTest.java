// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark once for a moment, so that none of them rots. With {@code
 * -Dneuralrescore.jmh=REGEX} it measures instead: a JVM for each benchmark that matches, and the
 * figures on standard output.
 */
class KernelBenchmarksTest {
  private static final String MEASURE = "neuralrescore.jmh";

  @Test
  void run_ofEveryBenchmark_givesAFigure() throws RunnerException {
    String measured = System.getProperty(MEASURE, "");
    ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(true);
    if (measured.isEmpty()) {
      options
          .include("org.neuralrescore.*")
          .verbosity(VerboseMode.SILENT)
          .forks(0)
          .warmupIterations(0)
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(1));
    } else {
      options
          .include(measured)
          .forks(1)
          .warmupIterations(5)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(5)
          .measurementTime(TimeValue.seconds(1));
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    Set<String> names = new TreeSet<>();
    for (RunResult result : results) {
      names.add(result.getPrimaryResult().getLabel());
      assertTrue(result.getPrimaryResult().getScore() > 0, result.getParams().getBenchmark());
    }
    if (measured.isEmpty()) {
      assertEquals(
          List.of(
              "alsRows",
              "block",
              "foldIn",
              "gram",
              "halsRows",
              "klCoordinateRows",
              "sparseTimesDense"),
          List.copyOf(names));
    }
  }
}
