package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * What of the dot product and of what the histories say ships before a network is asked: the best
 * of either alone and of their blend on validation cases. It is one option, how much the dot
 * product counts beside the rest, from nothing to all; so it is set as options are, by the best
 * figure, and of equal ones the simplest.
 *
 * @param variant DOT, WIDE or BOTH
 * @param shipped the figures of that
 * @param dotNdcg validation NDCG of the dot product alone
 * @param reason what decided, for a person; empty where there was nothing to decide
 */
record LinearChoice(
    ScorerChoice.Variant variant, RankingReport shipped, double dotNdcg, String reason) {

  private static final List<ScorerChoice.Variant> VARIANTS =
      List.of(ScorerChoice.Variant.WIDE, ScorerChoice.Variant.DOT, ScorerChoice.Variant.BOTH);

  /** The dot product, where histories are not asked. */
  static LinearChoice of(RankingReport dot) {
    return new LinearChoice(ScorerChoice.Variant.DOT, dot, dot.mean().ndcg(), "");
  }

  static LinearChoice of(RankingReport dot, RankingReport wide, RankingReport both) {
    List<RankingReport> all = List.of(wide, dot, both);
    int best = 0;
    for (int i = 1; i < all.size(); i++) {
      best = all.get(i).mean().ndcg() > all.get(best).mean().ndcg() ? i : best;
    }
    RankingReport shipped = all.get(best);
    return new LinearChoice(
        VARIANTS.get(best),
        shipped,
        dot.mean().ndcg(),
        "best on validation is "
            + shipped.label()
            + " ("
            + all.stream()
                .map(one -> String.format(Locale.ROOT, "%s %.4f", one.label(), one.mean().ndcg()))
                .collect(Collectors.joining(", "))
            + ")");
  }
}
