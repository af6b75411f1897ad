// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.DatasetSummary;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.pipeline.DataDemands;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.report.Report.Chapter;
import org.neuralrescore.trainer.release.report.Section.Table;
import org.neuralrescore.trainer.tune.auto.AutoResult;
import org.neuralrescore.trainer.tune.auto.AutoSearch;
import org.neuralrescore.trainer.tune.auto.AutoSpace;
import org.neuralrescore.trainer.tune.auto.AutoTrial;
import org.neuralrescore.trainer.wide.WideOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The choice of a method for {@code train}: its budget as a flag, and how it went as text. */
final class AutoChoice {
  @Option(
      names = "--budget",
      paramLabel = "10m",
      description =
          "How long all may take, roughly (90s, 30m, 2h): factors taught by whole item-to-item"
              + " matrices and twice the factors are tried, too. Choosing begins nothing behind 0.6"
              + " of it, nor what by the pace so far would surely not end by then, and the report"
              + " says how many candidates were left out; training and measuring what was chosen"
              + " take what they take. Default: the cheap ones, some five times one training.")
  String budget;

  /** Flags that say what is chosen, and what changes nothing. */
  private static final Set<String> CHOSEN =
      Set.of("--factors", "--rank", "--recency-days", "--recency-floor", "--threads");

  /** What came of it: options that could have been given. */
  record Outcome(TrainingOptions options, AutoResult result) {}

  /**
   * What a person gave, which stays as it is.
   *
   * @param rank k, where it was
   * @param recency whether flags said how histories fade, be it not at all
   */
  record Given(OptionalInt rank, boolean recency) {}

  Outcome choose(Interactions interactions, TrainingOptions base, Given given, Progress progress) {
    DataDemands.require(interactions, base);
    // Item-to-item weights may ship.
    DataDemands.requireUsersHeld(
        interactions,
        base,
        "no histories, which a model that is chosen may read; name the factors' method, as"
            + " --factors implicit-als");
    AutoSpace space =
        new AutoSpace(
            given.rank(),
            given.recency() ? Optional.of(base.weighting()) : Optional.empty(),
            base.wide().isEmpty()
                ? Optional.of(base.heldToPrivacy(WideOptions.defaults()))
                : Optional.empty(),
            base.weighting().values(),
            interactions.summary().ordered() == DatasetSummary.Order.LINES);
    Split split = base.protocol().split(interactions);
    try (Workers workers = new Workers(base.threads())) {
      AutoResult result =
          new AutoSearch(
                  space,
                  base.rows(),
                  base.encoder(),
                  base.cutoff(),
                  base.seed(),
                  Optional.ofNullable(budget).map(text -> TimeText.duration("--budget", text)),
                  System::nanoTime,
                  workers)
              .run(split.fit(), split.validation(), progress);
      return new Outcome(
          base.withWide(result.wide().map(AutoChoice::asTyped).orElse(base.wide()))
              .withFactors(result.chosen().factors())
              .withWeighting(result.chosen().weighting()),
          result);
    }
  }

  /** As its flags say it: the training holds it to privacy, as it does what is typed. */
  private static List<WideOptions> asTyped(WideOptions way) {
    return List.of(way.withMinTogether(WideOptions.defaults().minTogether()));
  }

  /** Whether a person said how long it may take. */
  boolean hasBudget() {
    return budget != null;
  }

  /** A budget is for a choice. */
  void requireChoice(FactorFlags factors) {
    if (hasBudget() && !factors.auto()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--budget is for the choice of a method, and one was named; leave one of them out");
    }
  }

  /** Where there is nothing to choose on. */
  static void requireRoom(TrainingOptions options) {
    if (options.privacy().differential().isPresent()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--factors auto looks at raw interactions, which --dp-epsilon does not cover; name the"
              + " factors' method");
    }
    if (!options.protocol().holdsOut()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--factors auto chooses on held-out cases, and --protocol none has none; name the"
              + " factors' method");
    }
  }

  /**
   * What was given and what was chosen, as flags.
   *
   * @param mixin the name of the training flags in the command
   */
  static List<String> byHand(List<String> chosen, CommandSpec spec, String mixin) {
    List<String> all = new ArrayList<>(chosen);
    all.addAll(OverProject.flags(chosen, spec));
    all.addAll(GivenFlags.of(spec, mixin, CHOSEN));
    return all;
  }

  /** The choice as a chapter of the page. */
  static Chapter chapter(AutoResult result, List<String> flags, long seed) {
    List<List<String>> rows = new ArrayList<>();
    for (AutoTrial trial : result.trials()) {
      MetricInterval ndcg =
          MetricInterval.of(
              trial.report().cases().stream().mapToDouble(CaseMetrics::ndcg).toArray(), seed);
      rows.add(
          List.of(
              Integer.toString(trial.rung()),
              trial.candidate().label(),
              Integer.toString(trial.report().cases().size()),
              String.format(Locale.ROOT, "%.4f", ndcg.mean()),
              String.format(Locale.ROOT, "%.4f to %.4f", ndcg.low(), ndcg.high())));
    }
    return new Chapter(
        "How the method was chosen",
        List.of(
            new Table(
                "Trials",
                "Item-to-item weights, and dot products of the factors, each by itself on"
                    + " validation cases, NDCG with its 95 % interval. "
                    + result.reason()
                    + ". "
                    + skipped(result)
                    + "The same bundle by hand: "
                    + String.join(" ", flags),
                List.of("round", "candidate", "cases", "NDCG", "95 %"),
                rows)));
  }

  private static String skipped(AutoResult result) {
    return result.skipped() == 0
        ? ""
        : result.skipped() + " candidates were left out, for the time was up or would have been. ";
  }

  static Map<String, Object> json(AutoResult result, List<String> flags) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("flags", flags);
    map.put("reason", result.reason());
    map.put("skipped", result.skipped());
    map.put(
        "trials",
        result.trials().stream()
            .map(
                trial -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("round", trial.rung());
                  one.put("flags", trial.candidate().flags());
                  one.put("cases", trial.report().cases().size());
                  one.put("validation_ndcg", trial.ndcg());
                  return one;
                })
            .toList());
    return map;
  }

  static String text(AutoResult result, List<String> flags) {
    return String.format(
        Locale.ROOT,
        "%nmethod: %s, chosen among %d trials; %s%n%sthe same bundle by hand: %s",
        result.chosen().label(),
        result.trials().size(),
        result.reason(),
        skipped(result).isEmpty() ? "" : skipped(result) + System.lineSeparator(),
        String.join(" ", flags));
  }
}
