// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bench.speed.ScaleBench;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import org.neuralrescore.trainer.wide.WideOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Time and memory of whole runs by size. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Times whole runs of growing size: a generated power-law file is read, factorised, every user"
          + " encoded and a bundle written. Ends in an error where the heap does not do:"
          + " NEURAL_RESCORE_JAVA_OPTS=-Xmx6g neural-rescore bench scale --work /tmp/scale"
    })
final class BenchScale implements Callable<Integer> {
  private static final double GIGABYTE = 1L << 30;

  @Option(
      names = "--work",
      required = true,
      paramLabel = "DIR",
      description = "Gets the generated files, kept for the next run, and the bundles.")
  Path work;

  @Option(
      names = "--interactions",
      split = ",",
      defaultValue = "2000000,20000000",
      description = "Default ${DEFAULT-VALUE}.")
  List<Integer> interactions;

  @Option(names = "--users", defaultValue = "138000", description = "Default ${DEFAULT-VALUE}.")
  int users;

  @Option(names = "--items", defaultValue = "27000", description = "Default ${DEFAULT-VALUE}.")
  int items;

  @Option(
      names = "--factors",
      defaultValue = "implicit-als",
      description = "As of train; default ${DEFAULT-VALUE}.")
  String method;

  @Option(names = "--rank", defaultValue = "32", description = "Default ${DEFAULT-VALUE}.")
  int rank;

  @Option(names = "--sweeps", defaultValue = "20", description = "Default ${DEFAULT-VALUE}.")
  int sweeps;

  @Option(
      names = "--wide",
      description = "Learn the item-to-item weights of train --wide together, too, and time them.")
  boolean wide;

  @Option(names = "--threads", defaultValue = "2", description = "Default ${DEFAULT-VALUE}.")
  int threads;

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  long seed;

  @Mixin Output output;

  @Override
  public Integer call() {
    List<Map<String, Object>> all = new ArrayList<>();
    // All of them before the first, which may take hours.
    List<ScaleBench.Options> sizes = interactions.stream().map(this::options).toList();
    for (ScaleBench.Options size : sizes) {
      ScaleBench.Report report = ScaleBench.run(size, TerminalProgress.standard());
      all.add(json(report));
      output.text(
          String.format(
              Locale.ROOT,
              "%,d interactions of %,d users and %,d items: read %.1f s,%s %d sweeps %.1f s (%.3f s a sweep and million), encode"
                  + " %.1f s, bundle %.1f s; heap at most %.2f of %.2f GB",
              report.interactions(),
              report.users(),
              report.items(),
              report.readSeconds(),
              report.wideSeconds().isPresent()
                  ? String.format(
                      Locale.ROOT,
                      " item-to-item weights %.1f s,",
                      report.wideSeconds().getAsDouble())
                  : "",
              report.sweeps(),
              report.sweepSeconds(),
              report.sweepSecondsAMillion(),
              report.encodeSeconds(),
              report.bundleSeconds(),
              report.peakHeapBytes() / GIGABYTE,
              report.maxHeapBytes() / GIGABYTE));
    }
    output.json(Map.of("runs", all));
    return 0;
  }

  private ScaleBench.Options options(int size) {
    try {
      FactorOptions factors =
          FactorMethods.standard()
              .named(method)
              .orElseThrow(
                  () -> new IllegalArgumentException("--factors: no method [" + method + "]"));
      return new ScaleBench.Options(
          users,
          items,
          size,
          factors.with(rank, sweeps, seed),
          wide ? Optional.of(WideOptions.defaults()) : Optional.empty(),
          threads,
          work);
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, e.getMessage(), e);
    }
  }

  private static Map<String, Object> json(ScaleBench.Report report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("users", report.users());
    map.put("items", report.items());
    map.put("interactions", report.interactions());
    map.put("sweeps", report.sweeps());
    map.put("read_seconds", report.readSeconds());
    report.wideSeconds().ifPresent(seconds -> map.put("wide_seconds", seconds));
    map.put("sweep_seconds", report.sweepSeconds());
    map.put("sweep_seconds_a_million", report.sweepSecondsAMillion());
    map.put("encode_seconds", report.encodeSeconds());
    map.put("bundle_seconds", report.bundleSeconds());
    map.put("peak_heap_bytes", report.peakHeapBytes());
    map.put("max_heap_bytes", report.maxHeapBytes());
    return map;
  }
}
