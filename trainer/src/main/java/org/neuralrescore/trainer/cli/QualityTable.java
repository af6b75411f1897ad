// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import org.neuralrescore.trainer.pipeline.BaselineRun;
import org.neuralrescore.trainer.pipeline.MeasuredBaseline;
import org.neuralrescore.trainer.pipeline.Training;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.BaselineSettings;

/** What {@code train} chooses, methods by name and baselines beside each other on one data set. */
final class QualityTable {
  /** The name of the choice among methods. */
  static final String AUTO = "auto";

  private final Interactions data;
  private final TrainingOptions base;
  private final AutoChoice auto;
  private final OptionalInt rank;
  private final Progress progress;
  private final List<Row> rows = new ArrayList<>();

  /** Baselines may weigh histories as the choice does, too, where there is one. */
  private TrainingOptions beside;

  /**
   * Will measure.
   *
   * @param base but for factors, recency, wide part and seed
   * @param rank of all factors, where it was given
   */
  QualityTable(
      Interactions data,
      TrainingOptions base,
      AutoChoice auto,
      OptionalInt rank,
      Progress progress) {
    this.data = data;
    this.base = base;
    beside = base;
    this.auto = auto;
    this.rank = rank;
    this.progress = progress;
  }

  /**
   * A line.
   *
   * @param seconds on the clock, of choosing, training and measuring together
   * @param megabytes the largest heap that was in use
   * @param note what was chosen, or what ships of it
   */
  private record Row(
      String name,
      long seed,
      double hitRate,
      MetricInterval ndcg,
      double seconds,
      long megabytes,
      String note) {
    String text() {
      return String.format(
          Locale.ROOT,
          "%-14s %4d   %.4f   %.4f [%.4f, %.4f]  %7.1f s  %6d MB  %s",
          name,
          seed,
          hitRate,
          ndcg.mean(),
          ndcg.low(),
          ndcg.high(),
          seconds,
          megabytes,
          note);
    }

    Map<String, Object> json() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", name);
      map.put("seed", seed);
      map.put("hit_rate", hitRate);
      map.put("ndcg", List.of(ndcg.low(), ndcg.mean(), ndcg.high()));
      map.put("seconds", seconds);
      map.put("megabytes", megabytes);
      map.put("note", note);
      return map;
    }
  }

  /** A report with what is to be said of it. */
  private record Measured(RankingReport report, String note) {}

  /** Measures one seed: methods by name, {@value #AUTO} among them, then baselines. */
  void measure(long seed, List<String> methods, List<Baseline> baselines) {
    beside = base.withSeed(seed);
    for (String name : methods) {
      TrainingOptions options = named(name, base.withSeed(seed));
      timed(name, seed, () -> train(name, options));
    }
    for (Baseline baseline : baselines) {
      timed(
          baseline.label(),
          seed,
          () -> {
            MeasuredBaseline one =
                BaselineRun.run(data, beside, List.of(baseline), progress).get(0);
            return new Measured(one.survey().ranking(), BaselineSettings.text(one));
          });
    }
  }

  private Measured train(String name, TrainingOptions options) {
    if (!name.equals(AUTO)) {
      return measured(options, "");
    }
    AutoChoice.Outcome made =
        auto.choose(data, options, new AutoChoice.Given(rank, false), progress);
    beside = made.options();
    return measured(made.options(), String.join(" ", made.result().flags()) + ": ");
  }

  private Measured measured(TrainingOptions options, String chosen) {
    var result = Training.run(data, options, progress);
    return new Measured(
        result.reports().get(0),
        chosen + "ships " + result.choice().variant().name().toLowerCase(Locale.ROOT));
  }

  private TrainingOptions named(String name, TrainingOptions options) {
    if (name.equals(AUTO)) {
      return options;
    }
    var factors = FactorMethods.standard().named(name).orElseThrow();
    return options.withFactors(rank.isPresent() ? factors.ofRank(rank.getAsInt()) : factors);
  }

  private void timed(String name, long seed, Supplier<Measured> work) {
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long begun = System.nanoTime();
    Measured measured = work.get();
    double seconds = (System.nanoTime() - begun) / 1e9;
    long bytes = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    RankingReport report = measured.report();
    rows.add(
        new Row(
            name,
            seed,
            report.mean().hitRate(),
            MetricInterval.of(
                report.cases().stream().mapToDouble(CaseMetrics::ndcg).toArray(), seed),
            seconds,
            bytes >> 20,
            measured.note()));
  }

  /** The table for a person. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%-14s seed   HR@%-3d   NDCG@%d, 95 %%                time       heap",
                "",
                base.cutoff(),
                base.cutoff()));
    rows.forEach(row -> text.append(System.lineSeparator()).append(row.text()));
    return text.toString();
  }

  /** The table for a machine. */
  List<Map<String, Object>> json() {
    return rows.stream().map(Row::json).toList();
  }
}
