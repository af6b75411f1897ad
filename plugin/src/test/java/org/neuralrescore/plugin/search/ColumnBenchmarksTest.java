// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

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
 * Runs the benchmarks of columns, chunks and windows for a moment, so that none rots; with {@code
 * -Dneuralrescore.jmh=REGEX} measures those that match, in a JVM each, and with {@code
 * -Dneuralrescore.jmh.params=NAME=VALUE,VALUE} at these values.
 */
class ColumnBenchmarksTest {
  private static final int BENCHMARKS = 8;

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
      params(options, System.getProperty("neuralrescore.jmh.params", ""));
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    assertTrue(measured.isEmpty() ? results.size() == BENCHMARKS : !results.isEmpty());
    for (RunResult result : results) {
      assertTrue(result.getPrimaryResult().getScore() > 0, result.getParams().getBenchmark());
    }
  }

  /** Other values than a benchmark's own: {@code name=value,value;name=value}. */
  private static void params(ChainedOptionsBuilder options, String params) {
    for (String param : params.isEmpty() ? new String[0] : params.split(";", -1)) {
      int equals = param.indexOf('=');
      options.param(param.substring(0, equals), param.substring(equals + 1).split(",", -1));
    }
  }
}
