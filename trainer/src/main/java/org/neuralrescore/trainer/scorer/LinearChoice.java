package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * What of the dot product and of what the histories say ships before a network is asked, decided on
 * validation cases alone: the better of both by itself, unless both together surely beat it.
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
    boolean wideIsBetter = wide.mean().ndcg() >= dot.mean().ndcg();
    RankingReport better = wideIsBetter ? wide : dot;
    RankingReport worse = wideIsBetter ? dot : wide;
    Choice choice = Choice.among(List.of(better, both), seed);
    ScorerChoice.Variant alone =
        wideIsBetter ? ScorerChoice.Variant.WIDE : ScorerChoice.Variant.DOT;
    return new LinearChoice(
        choice.beaten() ? ScorerChoice.Variant.BOTH : alone,
        choice.shipped(),
        dot.mean().ndcg(),
        choice.reason()
            + String.format(
                Locale.ROOT, "; %s alone has %.4f", worse.label(), worse.mean().ndcg()));
  }
}
