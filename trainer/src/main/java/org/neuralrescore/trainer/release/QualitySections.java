// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.neuralrescore.trainer.eval.BeyondAccuracy;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.Slice;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Interval;
import org.neuralrescore.trainer.release.report.Section.Intervals;
import org.neuralrescore.trainer.release.report.Section.Table;

/** What the model is worth, beside what it has to beat. */
final class QualitySections {
  private final Scoreboard scoreboard;
  private final String protocol;
  private final int k;

  /**
   * Tells a scoreboard.
   *
   * @param protocol how cases were held out
   */
  QualitySections(Scoreboard scoreboard, String protocol) {
    this.scoreboard = scoreboard;
    this.protocol = protocol;
    this.k = scoreboard.model().ranking().cutoff();
  }

  List<Section> all() {
    return List.of(
        figures("NDCG@" + k, true, Scoreboard.Row::ndcg),
        lead("NDCG@" + k, Scoreboard.Lead::ndcg),
        figures("HR@" + k, false, Scoreboard.Row::hitRate),
        lead("HR@" + k, Scoreboard.Lead::hitRate),
        more(),
        slices(
            "By popularity of what was to be found",
            "NDCG@"
                + k
                + ". Head: the commonest items that take up a fifth of what was learned from; tail:"
                + " the rarest that take up a fifth; untouched: items that nobody had touched yet.",
            RankingSurvey::byPopularity),
        slices(
            "By length of the history",
            "NDCG@" + k + ". The cases in quarters by how many items the user had touched.",
            RankingSurvey::byHistory));
  }

  private Section figures(
      String figure, boolean explained, Function<Scoreboard.Row, MetricInterval> interval) {
    List<Interval> rows = new ArrayList<>();
    for (Scoreboard.Row row : scoreboard.rows()) {
      MetricInterval of = interval.apply(row);
      rows.add(interval(label(row), of.low(), of.mean(), of.high(), rows.isEmpty()));
    }
    String note =
        explained
            ? String.format(
                Locale.ROOT,
                "%,d held-out cases (%s). All items that a user has not seen compete, ties count at"
                    + " their expected rank; bars are 95 %% bootstrap intervals.",
                scoreboard.model().ranking().cases().size(),
                protocol)
            : "";
    return new Intervals(figure, note, rows);
  }

  private Section lead(String figure, Function<Scoreboard.Lead, PairedBootstrap> difference) {
    List<Interval> rows = new ArrayList<>();
    for (Scoreboard.Row row : scoreboard.rows()) {
      Optional<PairedBootstrap> lead = row.lead().map(difference);
      lead.ifPresent(
          of ->
              rows.add(
                  interval(
                      "over " + label(row),
                      of.low(),
                      of.difference(),
                      of.high(),
                      of.low() > 0 || of.high() < 0)));
    }
    return new Intervals(
        "The model's lead in " + figure,
        "Model minus each other on the same cases, paired. Highlighted where the interval does not"
            + " hold zero; elsewhere these cases show no difference.",
        rows);
  }

  private Section more() {
    List<List<String>> rows = new ArrayList<>();
    for (Scoreboard.Row row : scoreboard.rows()) {
      CaseMetrics mean = row.survey().ranking().mean();
      BeyondAccuracy beyond = row.survey().beyond();
      rows.add(
          List.of(
              label(row),
              four(mean.recall()),
              four(mean.averagePrecision()),
              four(mean.reciprocalRank()),
              String.format(Locale.ROOT, "%.1f %%", 100 * beyond.coverage()),
              String.format(Locale.ROOT, "%.3f", beyond.gini()),
              String.format(Locale.ROOT, "%.2f", beyond.novelty())));
    }
    return new Table(
        "More figures at " + k,
        "Coverage: the share of the catalogue that is in somebody's first "
            + k
            + ". Gini: 0 where all items are recommended alike, 1 where always the same one is."
            + " Novelty: mean self-information of what is recommended, in bits; higher is rarer.",
        List.of("", "Recall", "MAP", "MRR", "coverage", "Gini", "novelty"),
        rows);
  }

  private Section slices(String heading, String note, Function<RankingSurvey, List<Slice>> slices) {
    List<Slice> parts = slices.apply(scoreboard.model());
    List<String> header = new ArrayList<>(List.of(""));
    List<String> cases = new ArrayList<>(List.of("cases"));
    for (Slice part : parts) {
      header.add(part.name());
      cases.add(String.format(Locale.ROOT, "%,d", part.report().cases().size()));
    }
    List<List<String>> rows = new ArrayList<>(List.of(cases));
    for (Scoreboard.Row row : scoreboard.rows()) {
      List<String> cells = new ArrayList<>(List.of(label(row)));
      slices.apply(row.survey()).forEach(part -> cells.add(four(part.report().mean().ndcg())));
      rows.add(cells);
    }
    return new Table(heading, note, header, rows);
  }

  private static String label(Scoreboard.Row row) {
    return row.survey().ranking().label();
  }

  private static String four(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A percentile interval of few draws may miss the estimate itself by a hair. */
  static Interval interval(String name, double low, double value, double high, boolean marked) {
    return new Interval(name, Math.min(low, value), value, Math.max(high, value), marked);
  }
}
