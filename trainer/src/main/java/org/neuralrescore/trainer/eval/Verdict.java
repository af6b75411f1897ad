// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * What a scoreboard comes to: the model against the strongest baseline on the same held-out cases,
 * by NDCG at the cut-off. Strongest is the one with the highest figure on these very cases, which
 * flatters the baseline and never the model.
 *
 * @param standing what the paired interval allows to say
 * @param baseline label of the strongest baseline
 * @param modelNdcg the model's mean
 * @param baselineNdcg the baseline's mean
 * @param lead model minus baseline, paired by case
 * @param cutoff k of NDCG@k
 * @param cases how many were held out
 * @param baselines how many the strongest was taken from, at least 1
 */
public record Verdict(
    Standing standing,
    String baseline,
    double modelNdcg,
    double baselineNdcg,
    PairedBootstrap lead,
    int cutoff,
    int cases,
    int baselines) {

  /** Where the 95 % interval of the lead lies. */
  public enum Standing {
    /** Above zero. */
    BETTER("better than"),
    /** Around zero: these cases show no difference. */
    LEVEL("level with"),
    /** Below zero. */
    WORSE("worse than");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    /** As files have it, such as {@code better}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** As a sentence has it, such as {@code better than}. */
    public String words() {
      return words;
    }

    private static Standing of(PairedBootstrap lead) {
      if (lead.low() > 0) {
        return BETTER;
      }
      return lead.high() < 0 ? WORSE : LEVEL;
    }
  }

  /**
   * Judges.
   *
   * @param baselines labels of the rows that are baselines; others are forms of the model itself
   * @return empty where the scoreboard has none of them
   */
  public static Optional<Verdict> of(Scoreboard scoreboard, Collection<String> baselines) {
    if (scoreboard.rows().isEmpty()) {
      return Optional.empty();
    }
    RankingReport model = scoreboard.model().ranking();
    var rivals =
        scoreboard.rows().stream()
            .filter(row -> row.lead().isPresent())
            .filter(row -> baselines.contains(row.survey().ranking().label()))
            .toList();
    return rivals.stream()
        .max(Comparator.comparingDouble(row -> row.ndcg().mean()))
        .map(
            row -> {
              PairedBootstrap lead = row.lead().orElseThrow().ndcg();
              return new Verdict(
                  Standing.of(lead),
                  row.survey().ranking().label(),
                  model.mean().ndcg(),
                  row.ndcg().mean(),
                  lead,
                  model.cutoff(),
                  model.cases().size(),
                  rivals.size());
            });
  }

  /** One line for a person: the standing first, then the figures that it rests on. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%s %s, %s: NDCG@%d %.4f against %.4f, %+.4f [%+.4f, %+.4f] on %,d held-out cases",
        standing.words(),
        baseline,
        baselines == 1
            ? "the one baseline measured"
            : "the strongest of " + baselines + " baselines",
        cutoff,
        modelNdcg,
        baselineNdcg,
        lead.difference(),
        lead.low(),
        lead.high(),
        cases);
  }
}
