// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.BeyondAccuracy;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.Reliability;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.Slice;

/** Figures as tables for a terminal. */
final class ScoreboardText {
  private ScoreboardText() {}

  /** What was left out of the cases, where anything was. */
  static String drawn(EvaluationSet cases) {
    return cases.size() < cases.drawnFrom()
        ? String.format(
            Locale.ROOT,
            "%,d of %,d held-out cases, drawn with the seed; --evaluate-users says how many%n",
            cases.size(),
            cases.drawnFrom())
        : "";
  }

  static String of(Scoreboard scoreboard) {
    int k = scoreboard.model().ranking().cutoff();
    StringBuilder out =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "held out: %,d cases, all unseen items ranked, ties at their expected rank; 95 %%"
                    + " bootstrap intervals%n%-11s %-24s %-24s %s%n",
                scoreboard.model().ranking().cases().size(),
                "",
                "HR@" + k,
                "NDCG@" + k,
                "model - this, NDCG@" + k));
    for (Scoreboard.Row row : scoreboard.rows()) {
      out.append(
          String.format(
                  Locale.ROOT,
                  "%-11s %-24s %-24s %s",
                  row.survey().ranking().label(),
                  interval(row.hitRate()),
                  interval(row.ndcg()),
                  row.lead().map(lead -> difference(lead.ndcg())).orElse(""))
              .stripTrailing());
      out.append(System.lineSeparator());
    }
    if (scoreboard.rows().stream().allMatch(row -> row.hitRate().mean() == 1)) {
      out.append(
          String.format(
              Locale.ROOT,
              "any ranking has HR@%d of 1 where so few items are unseen; a smaller --cutoff tells"
                  + " more%n",
              k));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%n%-11s %9s %9s %9s %9s %9s %9s%n",
            "",
            "Recall@" + k,
            "MAP@" + k,
            "MRR@" + k,
            "coverage",
            "Gini",
            "novelty"));
    for (Scoreboard.Row row : scoreboard.rows()) {
      CaseMetrics mean = row.survey().ranking().mean();
      BeyondAccuracy beyond = row.survey().beyond();
      out.append(
          String.format(
              Locale.ROOT,
              "%-11s %9.4f %9.4f %9.4f %8.1f%% %9.3f %6.2f bit%n",
              row.survey().ranking().label(),
              mean.recall(),
              mean.averagePrecision(),
              mean.reciprocalRank(),
              100 * beyond.coverage(),
              beyond.gini(),
              beyond.novelty()));
    }
    slices(out, scoreboard, "by popularity of what was to be found", RankingSurvey::byPopularity);
    slices(out, scoreboard, "by length of the history", RankingSurvey::byHistory);
    return out.toString();
  }

  /** One row a ranker, one column a part: every ranker has the same parts of the same cases. */
  private static void slices(
      StringBuilder out,
      Scoreboard scoreboard,
      String heading,
      Function<RankingSurvey, List<Slice>> slices) {
    List<Slice> parts = slices.apply(scoreboard.model());
    out.append(
        String.format(
            Locale.ROOT,
            "%nNDCG@%d %s%n%-11s",
            scoreboard.model().ranking().cutoff(),
            heading,
            ""));
    for (Slice part : parts) {
      out.append(String.format(Locale.ROOT, " %18s", part.name()));
    }
    out.append(String.format(Locale.ROOT, "%n%-11s", "cases"));
    for (Slice part : parts) {
      out.append(String.format(Locale.ROOT, " %,18d", part.report().cases().size()));
    }
    out.append(System.lineSeparator());
    for (Scoreboard.Row row : scoreboard.rows()) {
      out.append(String.format(Locale.ROOT, "%-11s", row.survey().ranking().label()));
      for (Slice part : slices.apply(row.survey())) {
        out.append(String.format(Locale.ROOT, " %18.4f", part.report().mean().ndcg()));
      }
      out.append(System.lineSeparator());
    }
  }

  static String of(Reliability reliability) {
    return String.format(
        Locale.ROOT,
        "%ncalibration: a held-out item among sampled unseen ones gets a probability of %.3f in the"
            + " mean, %.3f of %,d rows are held-out ones; expected calibration error %.4f, Brier"
            + " score %.4f%n",
        reliability.predicted(),
        reliability.observed(),
        reliability.rows(),
        reliability.expectedError(),
        reliability.brier());
  }

  private static String interval(MetricInterval figure) {
    return String.format(
        Locale.ROOT, "%.4f [%.4f, %.4f]", figure.mean(), figure.low(), figure.high());
  }

  private static String difference(PairedBootstrap figure) {
    return String.format(
        Locale.ROOT, "%+.4f [%+.4f, %+.4f]", figure.difference(), figure.low(), figure.high());
  }
}
