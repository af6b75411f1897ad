// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.plugin.search.NeighbourColumnBenchmark;
import org.neuralrescore.plugin.search.RescoreBenchmark;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A row of the table of windows: two things that a benchmark does in turn, in a JVM of its own.
 *
 * @param name what is in the window
 * @param asked the most that the second may take, as a multiple of the first; 0 where nothing is
 * @param benchmark a class with one benchmark, {@code turns}
 * @param params of it
 */
record WindowRow(String name, double asked, Class<?> benchmark, Map<String, String> params) {
  /** Windows that lie in the processor's caches, and those that do not. */
  private static final int CACHED = 4;

  private static final int CYCLED = 400;

  /** All of them. */
  static List<WindowRow> all(int docs) {
    List<WindowRow> rows = new ArrayList<>();
    rows.add(window("network, 100 hits, cached", 1.3, "network", 100, CACHED, false, docs));
    rows.add(window("network, 1,000 hits, cached", 1.6, "network", 1_000, CACHED, false, docs));
    rows.add(window("network, 1,000 hits, cycled", 2.4, "network", 1_000, CYCLED, false, docs));
    rows.add(
        window("network, 10,000 hits, cycled", 3, "network", 10_000, CYCLED / 10, false, docs));
    rows.add(window("network, 1,000 indexed, cached", 1.6, "network", 1_000, CACHED, true, docs));
    rows.add(window("network, 1,000 indexed, cycled", 2.4, "network", 1_000, CYCLED, true, docs));
    // Asked are 45 and 150 us of a machine whose bare run takes 80.
    rows.add(window("dot product, 1,000 hits, cached", 0.56, "dot", 1_000, CACHED, false, docs));
    rows.add(window("dot product, 1,000 hits, cycled", 1.88, "dot", 1_000, CYCLED, false, docs));
    rows.add(window("its graph, 1,000 hits, cached", 0, "dotGraph", 1_000, CACHED, false, docs));
    rows.add(window("its graph, 1,000 hits, cycled", 0, "dotGraph", 1_000, CYCLED, false, docs));
    return rows;
  }

  /** The gather step with a history of 100 items beside it without. */
  static WindowRow neighbours() {
    return new WindowRow("50 neighbours a hit", 0, NeighbourColumnBenchmark.class, Map.of());
  }

  private static WindowRow window(
      String name, double asked, String scorer, int hits, int windows, boolean indexed, int docs) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("scorer", scorer);
    params.put("hits", Integer.toString(hits));
    params.put("windows", Integer.toString(windows));
    params.put("indexed", Boolean.toString(indexed));
    params.put("docs", Integer.toString(docs));
    return new WindowRow(name, asked, RescoreBenchmark.class, params);
  }

  /**
   * Measures once.
   *
   * @param seconds of each iteration
   * @return one pair an iteration
   */
  List<Pair> measure(double seconds) throws RunnerException {
    TimeValue time = TimeValue.milliseconds(Math.round(1_000 * seconds));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName() + ".turns")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .forks(1)
            // Where the processors have other work, compilers in the background come late.
            .jvmArgsAppend("-Xbatch", "-Xmx1g")
            .warmupIterations(4)
            .warmupTime(time)
            .measurementIterations(5)
            .measurementTime(time);
    params.forEach(options::param);
    Collection<RunResult> results = new Runner(options.build()).run();
    List<Pair> pairs = new ArrayList<>();
    for (RunResult result : results) {
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          pairs.add(new Pair(micros(iteration, "firstMicros"), micros(iteration, "secondMicros")));
        }
      }
    }
    return pairs;
  }

  private static double micros(IterationResult iteration, String counter) {
    return iteration.getSecondaryResults().get(counter).getScore();
  }
}
