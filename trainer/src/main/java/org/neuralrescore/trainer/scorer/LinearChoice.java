// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * What of the dot product and of what the histories say ships before a network is asked: their
 * blend, unless one of them alone surely ranks validation cases better. Both parts err, each in its
 * own way; which is the better one few cases cannot tell, and the blend is seldom far from it.
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
    Optional<ScorerChoice.Variant> alone =
        Stream.of(ScorerChoice.Variant.WIDE, ScorerChoice.Variant.DOT)
            .filter(part -> nothingBlended || surely(parts.get(part), both, seed))
            .max(Comparator.comparingDouble(part -> parts.get(part).mean().ndcg()));
    RankingReport shipped = alone.map(parts::get).orElse(both);
    return new LinearChoice(
        alone.orElse(ScorerChoice.Variant.BOTH),
        shipped,
        dot.mean().ndcg(),
        shipped.label()
            + (nothingBlended
                ? " alone, for the blend ranks validation cases as one of its parts does"
                : alone.isPresent()
                    ? " alone is surely no worse than the blend on validation"
                    : ", since neither part alone is surely better on validation")
            + Stream.of(wide, dot, both)
                .map(one -> String.format(Locale.ROOT, "%s %.4f", one.label(), one.mean().ndcg()))
                .collect(Collectors.joining(", ", " (", ")")));
  }

  /** A blend that adds nothing, as of factors that are nought, or histories that say nothing. */
  private static boolean same(RankingReport part, RankingReport both) {
    return part.cases().equals(both.cases());
  }

  private static boolean surely(RankingReport part, RankingReport both, long seed) {
    return PairedBootstrap.compare(part, both, CaseMetrics::ndcg, seed).probability() >= Choice.BAR;
  }
}
