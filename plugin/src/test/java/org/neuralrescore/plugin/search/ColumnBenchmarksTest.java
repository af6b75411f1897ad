package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of columns and chunks for a moment, so that none rots; with {@code
 * -Dneuralrescore.jmh=REGEX} measures those that match, in a JVM each.
 */
class ColumnBenchmarksTest {
  @Test
  void run_ofEveryBenchmark_givesAFigure() throws RunnerException {
    String measured = System.getProperty("neuralrescore.jmh", "");
    ChainedOptionsBuilder options = new OptionsBuilder().shouldFailOnError(true);
    if (measured.isEmpty()) {
      options.include("org.neuralrescore.*").verbosity(VerboseMode.SILENT).forks(0);
      options.warmupIterations(0).measurementIterations(1);
      options.measurementTime(TimeValue.milliseconds(1));
    } else {
      options.include(measured).forks(1).warmupIterations(5).measurementIterations(5);
      options.warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1));
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    assertEquals(6, results.size());
    for (RunResult result : results) {
      assertTrue(result.getPrimaryResult().getScore() > 0, result.getParams().getBenchmark());
    }
  }
}
