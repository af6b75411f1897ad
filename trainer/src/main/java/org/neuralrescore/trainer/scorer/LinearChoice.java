// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * What of the dot product and of what the histories say ships before a network is asked: the one
 * that ranks validation cases better, unless their blend likely ranks them better still. The
 * blend's proportion is the best of several on the same cases, which flatters it: where it is level
 * there, the weaker part was seen to cost up to .003 of NDCG on test cases and never to add to it
 * (six of twenty sets), and where it led it added up to .009.
 *
 * @param variant DOT, WIDE or BOTH
 * @param shipped the figures of that
 * @param dotNdcg validation NDCG of the dot product alone
 * @param reason what decided, for a person; empty where there was nothing to decide
 */
record LinearChoice(
    ScorerChoice.Variant variant, RankingReport shipped, double dotNdcg, String reason) {

  /** The dot product, where histories are not asked. */
  static LinearChoice of(RankingReport dot) {
    return new LinearChoice(ScorerChoice.Variant.DOT, dot, dot.mean().ndcg(), "");
  }

  static LinearChoice of(RankingReport dot, RankingReport wide, RankingReport both, long seed) {
    Map<ScorerChoice.Variant, RankingReport> parts =
        Map.of(ScorerChoice.Variant.WIDE, wide, ScorerChoice.Variant.DOT, dot);
    // Then it is between the parts.
    boolean nothingBlended = same(wide, both) || same(dot, both);
    ScorerChoice.Variant better =
        wide.mean().ndcg() >= dot.mean().ndcg()
            ? ScorerChoice.Variant.WIDE
            : ScorerChoice.Variant.DOT;
    double leads =
        PairedBootstrap.compare(both, parts.get(better), CaseMetrics::ndcg, seed).probability();
    boolean blends = !nothingBlended && leads >= Choice.LIKELY;
    RankingReport shipped = blends ? both : parts.get(better);
    return new LinearChoice(
        blends ? ScorerChoice.Variant.BOTH : better,
        shipped,
        dot.mean().ndcg(),
        shipped.label()
            + (nothingBlended
                ? " alone, for the blend ranks validation cases as one of its parts does"
                : String.format(
                    Locale.ROOT,
                    blends
                        ? ", better than the better part in %.1f %% of bootstrap draws on validation,"
                            + " %.1f %% asked for"
                        : " alone, for the blend is better in %.1f %% of bootstrap draws on"
                            + " validation, %.1f %% asked for",
                    100 * leads,
                    100 * Choice.LIKELY))
            + Stream.of(wide, dot, both)
                .map(one -> String.format(Locale.ROOT, "%s %.4f", one.label(), one.mean().ndcg()))
                .collect(Collectors.joining(", ", " (", ")")));
  }

  /** A blend that adds nothing, as of factors that are nought, or histories that say nothing. */
  private static boolean same(RankingReport part, RankingReport both) {
    return part.cases().equals(both.cases());
  }
}
