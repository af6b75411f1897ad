package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.catalogue.CatalogueItem;
import org.neuralrescore.trainer.catalogue.Titles;
import org.neuralrescore.trainer.dataset.DatasetSummary;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.PairedBootstrap;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.pipeline.TrainingResult;
import org.neuralrescore.trainer.report.Report;
import org.neuralrescore.trainer.report.Section;
import org.neuralrescore.trainer.report.Section.Curve;
import org.neuralrescore.trainer.report.Section.Curves;
import org.neuralrescore.trainer.report.Section.Interval;
import org.neuralrescore.trainer.report.Section.Intervals;
import org.neuralrescore.trainer.report.Section.Point;
import org.neuralrescore.trainer.report.Section.Table;
import org.neuralrescore.trainer.scorer.EpochRecord;

/**
 * A training run told as a page: what it learned from, how it went, what it is worth, what it
 * means.
 */
final class RunReport {
  private static final int ITEMS_A_FACTOR = 6;

  private final TrainingResult run;
  private final Provenance provenance;
  private final Titles titles;

  RunReport(TrainingResult run, Provenance provenance, List<CatalogueItem> catalogue) {
    this.run = run;
    this.provenance = provenance;
    this.titles = new Titles(catalogue);
  }

  Report of(String reference) {
    List<Section> sections = new ArrayList<>();
    RankingReport shipped = run.reports().get(0);
    int k = shipped.cutoff();
    sections.add(
        intervals(
            "NDCG@" + k + " on " + shipped.cases().size() + " held-out cases", CaseMetrics::ndcg));
    sections.add(intervals("HR@" + k, CaseMetrics::hitRate));
    sections.add(differences(k));
    sections.add(
        new Curves(
            "Factorisation",
            "The objective after each sweep; it never rises.",
            "sweep",
            run.objective().isEmpty() ? List.of() : List.of(curve("objective", run.objective()))));
    sections.add(epochs("Scorer: loss", "Mean logistic loss an epoch.", "loss", true));
    sections.add(
        epochs(
            "Scorer: validation",
            "NDCG on validation cases, which choose the epoch.",
            "ndcg",
            false));
    sections.add(factors());
    sections.add(data());
    sections.add(options());
    return new Report(reference, run.choice().reason(), sections);
  }

  private Section intervals(String heading, ToDoubleFunction<CaseMetrics> figure) {
    List<Interval> rows = new ArrayList<>();
    for (RankingReport report : run.reports()) {
      // Against a ranker that finds nothing, the difference is the figure itself.
      RankingReport nothing =
          new RankingReport(
              "nothing",
              report.cutoff(),
              report.cases().stream().map(c -> new CaseMetrics(0, 0, 0, 0, 0)).toList());
      PairedBootstrap mean = PairedBootstrap.compare(report, nothing, figure, provenance.seed());
      rows.add(interval(report.label(), mean, rows.isEmpty()));
    }
    return new Intervals(heading, "With 95 % bootstrap intervals; all unseen items compete.", rows);
  }

  private Section differences(int k) {
    RankingReport shipped = run.reports().get(0);
    List<Interval> rows = new ArrayList<>();
    for (RankingReport other : run.reports().subList(1, run.reports().size())) {
      rows.add(
          interval(
              "over " + other.label(),
              PairedBootstrap.compare(shipped, other, CaseMetrics::ndcg, provenance.seed()),
              false));
    }
    return new Intervals(
        "What ships, against the others: difference of NDCG@" + k,
        "Paired: the same cases on both sides. An interval that holds zero shows no difference.",
        rows);
  }

  private static Interval interval(String name, PairedBootstrap of, boolean marked) {
    return new Interval(
        name,
        Math.min(of.low(), of.difference()),
        of.difference(),
        Math.max(of.high(), of.difference()),
        marked);
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
      weight[i % model.rank()] += items.values()[i];
      total += items.values()[i];
    }
    List<List<String>> rows = new ArrayList<>();
    for (int f = 0; f < model.rank(); f++) {
      String top =
          FactorLabels.topItems(items, f, ITEMS_A_FACTOR).stream()
              .map(model.items()::get)
              .map(titles::of)
              .collect(Collectors.joining("; "));
      rows.add(
          List.of(
              Integer.toString(f),
              String.format(Locale.ROOT, "%.1f %%", total == 0 ? 0 : 100 * weight[f] / total),
              top));
    }
    return new Table(
        "Factors",
        "Share is a factor's part of all item weights; items with its largest weights first.",
        List.of("factor", "share", "items"),
        rows);
  }

  private Section data() {
    DatasetSummary data = run.data().summary();
    return new Table(
        "Data",
        "",
        List.of("what", "how many"),
        List.of(
            row("interactions", data.interactions()),
            row("users", data.users()),
            row("items", data.items()),
            row("items that nobody touched", data.itemsWithoutInteractions()),
            row("duplicate lines", data.duplicates()),
            row("lines below the threshold", data.belowThreshold()),
            row("lines without user or item", data.blank()),
            row("lines out of the order of time", data.clockDisorder()),
            row("users not learned from (core)", run.leftOut().users()),
            row("items not learned from (core)", run.leftOut().items()),
            row("interactions not learned from (core)", run.leftOut().interactions()),
            row("items of too few users (privacy)", run.leftOut().rareItems()),
            List.of("sha256", run.data().sha256())));
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
