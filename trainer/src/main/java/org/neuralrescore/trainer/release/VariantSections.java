// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.pipeline.VariantResult;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Interval;
import org.neuralrescore.trainer.release.report.Section.Intervals;
import org.neuralrescore.trainer.release.report.Section.Table;

/** The methods that were compared: what each was worth where the choice was made, and on test. */
final class VariantSections {
  private final List<VariantResult> variants;
  private final Method winner;
  private final long seed;

  /**
   * Tells a comparison.
   *
   * @param variants the dot product first
   * @param seed of the bootstrap's draws
   */
  VariantSections(List<VariantResult> variants, Method winner, long seed) {
    this.variants = variants;
    this.winner = winner;
    this.seed = seed;
  }

  List<Section> all() {
    List<Interval> validation = new ArrayList<>();
    List<Interval> test = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (VariantResult result : variants) {
      Method method = result.method();
      boolean ships = method == winner;
      MetricInterval chosen =
          MetricInterval.of(
              result.validation().cases().stream().mapToDouble(CaseMetrics::ndcg).toArray(), seed);
      validation.add(
          QualitySections.interval(
              method.label(), chosen.low(), chosen.mean(), chosen.high(), ships));
      if (method != Method.DOT) {
        PairedBootstrap lead = result.testNdcg();
        test.add(
            QualitySections.interval(
                method.label(), lead.low(), lead.difference(), lead.high(), ships));
      }
      rows.add(
          List.of(
              method.label() + (ships ? " (ships)" : ""),
              method.description(),
              method.paper(),
              result.note()));
    }
    int k = variants.get(0).test().cutoff();
    return List.of(
        new Intervals(
            "Validation NDCG@" + k,
            "What the choice was made on. Highlighted: what ships.",
            validation),
        new Intervals(
            "Lead over the dot product on test, NDCG@" + k,
            "Paired, on cases that chose nothing.",
            test),
        new Table("Methods", "", List.of("method", "what it does", "source", "chosen"), rows));
  }
}
