// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.pipeline.TrainingResult;

/**
 * What a part of a model that may read histories adds to the others, in NDCG at the cut-off on the
 * test cases, paired.
 *
 * @param part what is added
 * @param to what it is added to
 * @param gain of both over the latter
 */
public record PartWorth(String part, String to, PairedBootstrap gain) {
  /** Of the draws. */
  private static final long SEED = 42;

  /** Of every part; none where histories were not asked. */
  public static List<PartWorth> of(Scoreboard scoreboard) {
    Optional<RankingReport> both = report(scoreboard, TrainingResult.LINEAR);
    if (both.isEmpty()) {
      return List.of();
    }
    List<PartWorth> parts = new ArrayList<>();
    report(scoreboard, TrainingResult.DOT)
        .ifPresent(dot -> parts.add(of("the wide part", "the dot product", both.get(), dot)));
    report(scoreboard, TrainingResult.WIDE)
        .ifPresent(wide -> parts.add(of("the dot product", "the wide part", both.get(), wide)));
    parts.add(
        of(
            "what ships",
            "the wide part and the dot product",
            scoreboard.model().ranking(),
            both.get()));
    return parts;
  }

  private static Optional<RankingReport> report(Scoreboard scoreboard, String label) {
    return scoreboard.rows().stream()
        .map(row -> row.survey().ranking())
        .filter(report -> report.label().equals(label))
        .findFirst();
  }

  private static PartWorth of(String part, String to, RankingReport with, RankingReport without) {
    return new PartWorth(part, to, PairedBootstrap.compare(with, without, CaseMetrics::ndcg, SEED));
  }
}
