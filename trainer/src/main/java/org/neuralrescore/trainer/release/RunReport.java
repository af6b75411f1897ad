// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.Titles;
import org.neuralrescore.trainer.data.interactions.DatasetSummary;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.Verdict;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.pipeline.CombinationResult;
import org.neuralrescore.trainer.pipeline.MeasuredBaseline;
import org.neuralrescore.trainer.pipeline.TrainingResult;
import org.neuralrescore.trainer.pipeline.VariantResult;
import org.neuralrescore.trainer.release.report.Report;
import org.neuralrescore.trainer.release.report.Report.Chapter;
import org.neuralrescore.trainer.release.report.Report.Headline;
import org.neuralrescore.trainer.release.report.Report.Tile;
import org.neuralrescore.trainer.release.report.Report.Tone;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Curve;
import org.neuralrescore.trainer.release.report.Section.Curves;
import org.neuralrescore.trainer.release.report.Section.Point;
import org.neuralrescore.trainer.release.report.Section.Share;
import org.neuralrescore.trainer.release.report.Section.Shares;
import org.neuralrescore.trainer.release.report.Section.Table;
import org.neuralrescore.trainer.scorer.EpochRecord;
import org.neuralrescore.trainer.scorer.ScorerChoice;

/**
 * A training run told as a page: what it learned from, how it went, what it is worth, what it
 * means.
 */
final class RunReport {
  private static final int ITEMS_A_FACTOR = 6;
  private static final int WORDS_A_FACTOR = 6;

  private final TrainingResult run;
  private final Scoreboard scoreboard;
  private final List<MeasuredBaseline> baselines;
  private final Judgement judgement;
  private final String protocol;
  private final Provenance provenance;
  private final List<CatalogueItem> catalogue;
  private final Titles titles;
  private final List<VariantResult> variants;
  private final Method winner;
  private final List<Chapter> told;

  RunReport(
      TrainingResult run,
      Scoreboard scoreboard,
      List<MeasuredBaseline> baselines,
      Judgement judgement,
      String protocol,
      Provenance provenance,
      List<CatalogueItem> catalogue,
      Optional<CombinationResult> compared,
      List<Chapter> told) {
    this.told = told;
    this.run = run;
    this.scoreboard = scoreboard;
    this.baselines = baselines;
    this.judgement = judgement;
    this.protocol = protocol;
    this.provenance = provenance;
    this.catalogue = catalogue;
    this.titles = new Titles(catalogue);
    this.variants = compared.map(CombinationResult::variants).orElse(List.of());
    this.winner = compared.map(CombinationResult::winner).orElse(Method.DOT);
  }

  Report of(String reference) {
    List<Chapter> chapters = new ArrayList<>();
    boolean measured = !scoreboard.rows().isEmpty();
    if (measured) {
      chapters.add(new Chapter("Quality", quality()));
    }
    if (!variants.isEmpty()) {
      chapters.add(
          new Chapter(
              "Methods compared", new VariantSections(variants, winner, provenance.seed()).all()));
    }
    chapters.add(
        new Chapter(
            "Scorer inputs", new InputSections(run.model().scorer().inputs(), run.choice()).all()));
    List<Section> together = measured ? together() : List.of();
    if (!together.isEmpty()) {
      chapters.add(new Chapter("What goes with what", together));
    }
    if (measured) {
      chapters.add(new Chapter("Calibration", new CalibrationSections(run.reliability()).all()));
    }
    chapters.add(new Chapter("Training", curves()));
    chapters.add(new Chapter("Factors", List.of(factors())));
    chapters.addAll(told);
    chapters.add(new Chapter("Data and options", List.of(data(), options())));
    return new Report(reference, headline(), run.choice().reason(), tiles(), chapters);
  }

  private List<Section> quality() {
    List<Section> sections = new ArrayList<>(new QualitySections(scoreboard, protocol).all());
    if (!baselines.isEmpty()) {
      sections.add(BaselineSettings.section(baselines));
    }
    return sections;
  }

  /** What the parts are worth where histories were asked, and pairs where they are read. */
  private List<Section> together() {
    List<Section> sections = new ArrayList<>();
    List<PartWorth> parts = PartWorth.of(scoreboard);
    if (!parts.isEmpty()) {
      sections.add(
          new Section.Intervals(
              "What each part adds, NDCG@" + scoreboard.model().ranking().cutoff(),
              "Both minus the one without it on the same test cases, paired. Highlighted where the"
                  + " interval does not hold zero.",
              parts.stream()
                  .map(
                      part ->
                          QualitySections.interval(
                              part.part() + ", to " + part.to(),
                              part.gain().low(),
                              part.gain().difference(),
                              part.gain().high(),
                              part.gain().low() > 0 || part.gain().high() < 0))
                  .toList()));
    }
    run.model()
        .wide()
        .ifPresent(
            wide ->
                sections.add(new PairSection(run.model().items(), titles).of(wide.neighbours())));
    return sections;
  }

  private Optional<Headline> headline() {
    String advice = String.join(" ", judgement.advice());
    return judgement
        .verdict()
        .map(
            verdict ->
                new Headline(
                    judgement.collapsed() ? Tone.BAD : tone(verdict.standing()),
                    "This model is " + verdict.sentence() + ".",
                    advice));
  }

  private static Tone tone(Verdict.Standing standing) {
    return switch (standing) {
      case BETTER -> Tone.GOOD;
      case LEVEL -> Tone.EVEN;
      case WORSE -> Tone.BAD;
    };
  }

  private static String drawn(EvaluationSet cases) {
    return cases.size() < cases.drawnFrom()
        ? String.format(Locale.ROOT, "drawn from %,d, ", cases.drawnFrom())
        : "";
  }

  private List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    if (scoreboard.rows().isEmpty()) {
      tiles.add(new Tile("held-out cases", "none", "not evaluated"));
    } else {
      Scoreboard.Row model = scoreboard.rows().get(0);
      int k = scoreboard.model().ranking().cutoff();
      tiles.add(tile("NDCG@" + k, model.ndcg()));
      tiles.add(tile("HR@" + k, model.hitRate()));
      tiles.add(
          new Tile(
              "held-out cases",
              String.format(Locale.ROOT, "%,d", scoreboard.model().ranking().cases().size()),
              drawn(run.test()) + protocol));
    }
    tiles.add(new Tile("ships", shipped(run.choice().variant()), "rank " + run.model().rank()));
    tiles.add(
        new Tile(
            "interactions",
            String.format(Locale.ROOT, "%,d", run.data().summary().interactions()),
            "data " + run.data().sha256().substring(0, 12)));
    return tiles;
  }

  private static String shipped(ScorerChoice.Variant variant) {
    return switch (variant) {
      case DOT -> "dot product";
      case WIDE -> "wide part";
      case BOTH -> "wide part and dot product";
      case NETWORK -> "network";
    };
  }

  private static Tile tile(String name, MetricInterval figure) {
    return new Tile(
        name,
        String.format(Locale.ROOT, "%.4f", figure.mean()),
        String.format(Locale.ROOT, "95 %%: %.4f to %.4f", figure.low(), figure.high()));
  }

  private List<Section> curves() {
    List<Section> curves = new ArrayList<>();
    curves.add(
        new Curves(
            "Factorisation",
            "The objective after each sweep, as the solver reports it.",
            "sweep",
            run.objective().isEmpty() ? List.of() : List.of(curve("objective", run.objective()))));
    if (!run.epochs().isEmpty()) {
      curves.add(epochs("Scorer: loss", "Mean logistic loss an epoch.", "loss", true));
      curves.add(
          epochs(
              "Scorer: validation",
              "NDCG on validation cases, which choose the epoch.",
              "NDCG",
              false));
    }
    return curves;
  }

  private static Curve curve(String name, List<Double> values) {
    return new Curve(
        name,
        IntStream.range(0, values.size()).mapToObj(i -> new Point(i + 1, values.get(i))).toList());
  }

  private Section epochs(String heading, String note, String name, boolean loss) {
    List<Point> points =
        run.epochs().stream()
            .map(e -> new Point(e.epoch(), value(e, loss)))
            .filter(p -> Double.isFinite(p.y()))
            .toList();
    return new Curves(
        heading, note, "epoch", points.isEmpty() ? List.of() : List.of(new Curve(name, points)));
  }

  private static double value(EpochRecord epoch, boolean loss) {
    return loss ? epoch.loss() : epoch.validationNdcg();
  }

  private Section factors() {
    TrainedModel model = run.model();
    FactorMatrix items = model.itemFactors();
    double[] weight = new double[model.rank()];
    double total = 0;
    for (int i = 0; i < items.values().length; i++) {
      weight[i % model.rank()] += Math.abs(items.values()[i]);
      total += Math.abs(items.values()[i]);
    }
    FactorWords words = new FactorWords(model.items(), items, catalogue);
    List<Share> rows = new ArrayList<>();
    for (int f = 0; f < model.rank(); f++) {
      String top =
          FactorLabels.topItems(items, f, ITEMS_A_FACTOR).stream()
              .map(model.items()::get)
              .map(titles::of)
              .collect(Collectors.joining("; "));
      rows.add(
          new Share(
              Integer.toString(f),
              total == 0 ? 0 : weight[f] / total,
              List.of(top, String.join(", ", words.of(f, WORDS_A_FACTOR)))));
    }
    return new Shares(
        "Factors",
        "Share: a factor's part of all item weights. Items: those with its largest weights first."
            + " Words: those of titles, descriptions and categories that tell its items from those of"
            + " the other factors.",
        List.of("factor", "share", "items", "words"),
        rows);
  }

  private Section data() {
    DatasetSummary data = run.data().summary();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("interactions", data.interactions()));
    rows.add(row("users", data.users()));
    int elsewhere = run.data().histories().elsewhere().users();
    if (elsewhere > 0) {
      rows.add(row("of these on executors, whom factors are learned from", elsewhere));
      rows.add(row("on the driver, who teach the network", run.data().users().size()));
    }
    rows.add(row("items", data.items()));
    rows.add(row("items that nobody touched", data.itemsWithoutInteractions()));
    rows.add(row("duplicate lines", data.duplicates()));
    rows.add(row("lines below the threshold", data.belowThreshold()));
    rows.add(row("lines without user or item", data.blank()));
    rows.add(row("lines out of the order of time", data.clockDisorder()));
    rows.add(row("users not learned from (core)", run.leftOut().users()));
    rows.add(row("items not learned from (core)", run.leftOut().items()));
    rows.add(row("interactions not learned from (core)", run.leftOut().interactions()));
    rows.add(row("items of too few users (privacy)", run.leftOut().rareItems()));
    rows.add(List.of("sha256", run.data().sha256()));
    return new Table("Data", "", List.of("what", "how many"), rows);
  }

  private static List<String> row(String what, long count) {
    return List.of(what, String.format(Locale.ROOT, "%,d", count));
  }

  private Section options() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("seed", Long.toString(provenance.seed())));
    provenance.options().forEach((name, value) -> rows.add(List.of(name, String.valueOf(value))));
    provenance.versions().forEach((name, value) -> rows.add(List.of(name, value)));
    return new Table("Options", "", List.of("option", "value"), rows);
  }
}
