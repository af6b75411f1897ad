// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.neuralrescore.trainer.bundle.BundleChecksum;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.DatasetSummary;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.release.BaselineSettings;
import org.neuralrescore.trainer.release.Judgement;
import org.neuralrescore.trainer.release.Metrics;
import org.neuralrescore.trainer.release.Release.Released;
import org.neuralrescore.trainer.release.VerdictFile;
import org.neuralrescore.trainer.scorer.FeatureChoice;
import org.neuralrescore.trainer.scorer.WideChoice;

/** A training run as {@code --json} tells it. */
final class TrainingJson {
  private TrainingJson() {}

  /**
   * All but how a method or a scorer was chosen among several, which the caller adds.
   *
   * @param options by which the run was made
   * @param notes what people were told of the data
   */
  static Map<String, Object> of(Released released, TrainingOptions options, List<String> notes) {
    Map<String, Object> result = new LinkedHashMap<>();
    judge(released, result);
    result.put("bundle", released.bundle().folder().toString());
    result.put("report", released.report().toString());
    options
        .privacy()
        .differential()
        .map(PrivacyFlags::json)
        .ifPresent(it -> result.put("privacy", it));
    result.put("generation", released.bundle().generation());
    result.put("checksum", BundleChecksum.of(released.bundle().folder()));
    result.put("parity_difference", released.bundle().parityDifference());
    result.put("data", data(released.training().data()));
    result.put("notes", notes);
    result.put("not_learned_from", leftOut(released.training().leftOut()));
    result.put("scorer", released.training().choice().variant().name().toLowerCase(Locale.ROOT));
    result.put("scorer_inputs", TrainingSummary.inputs(released.training().model()));
    released
        .training()
        .choice()
        .features()
        .ifPresent(reads -> result.put("features", features(reads)));
    released.training().choice().wide().ifPresent(how -> result.put("wide", wide(how, released)));
    result.put("evaluated", options.protocol().holdsOut());
    if (options.protocol().holdsOut()) {
      result.put("cases_drawn_from", released.training().test().drawnFrom());
      result.put("offline", Metrics.of(options.protocol().label(), released.scoreboard()));
      result.put("baseline_recency", BaselineSettings.recency(released.baselines()));
      result.put("baseline_regularisation", BaselineSettings.regularisation(released.baselines()));
      result.put("calibration", Metrics.of(released.training().reliability()));
    }
    return result;
  }

  /** The verdict and what else is said of the factors. */
  static void judge(Released released, Map<String, Object> result) {
    Judgement judgement = released.judgement();
    judgement.verdict().ifPresent(verdict -> result.put("verdict", VerdictFile.json(verdict)));
    result.put("effective_rank", judgement.rank().value());
    result.put("collapsed", judgement.collapsed());
    result.put("advice", judgement.advice());
  }

  /** How what histories say is learned, and what each part adds on the test cases. */
  private static Map<String, Object> wide(WideChoice choice, Released released) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("direction", choice.options().direction().label());
    map.put("closeness", choice.options().closeness().label());
    map.put("candidates", choice.options().candidates());
    map.put("kept", choice.options().kept());
    map.put("lambda", choice.options().lambda());
    map.put("ways_tried", choice.tried());
    map.put("dot_ratio", choice.blend().ratio());
    map.put(
        "parts",
        Metrics.of(
            TrainingSummary.parts(released), released.scoreboard().model().ranking().cutoff()));
    return map;
  }

  /** What the features were worth on validation cases. */
  private static Map<String, Object> features(FeatureChoice choice) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("asked", choice.asked());
    map.put("ship", choice.ships());
    map.put("validation_ndcg", choice.ndcg());
    map.put("validation_ndcg_without", choice.networkNdcg());
    map.put(
        "over_network_without",
        List.of(
            choice.overNetwork().low(),
            choice.overNetwork().difference(),
            choice.overNetwork().high()));
    map.put("probability_over_what_else_ships", choice.overShipped().probability());
    return map;
  }

  private static Map<String, Object> leftOut(CoreRule.LeftOut left) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("interactions", left.interactions());
    map.put("users", left.users());
    map.put("items", left.items());
    map.put("items_of_too_few_users", left.rareItems());
    map.put("rounds", left.rounds());
    return map;
  }

  static Map<String, Object> data(Interactions interactions) {
    DatasetSummary data = interactions.summary();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sha256", interactions.sha256());
    map.put("interactions", data.interactions());
    map.put("users", data.users());
    map.put("items", data.items());
    map.put("items_without_interactions", data.itemsWithoutInteractions());
    map.put("duplicates", data.duplicates());
    map.put("below_threshold", data.belowThreshold());
    map.put("blank", data.blank());
    map.put("clock_disorder", data.clockDisorder());
    if (interactions.histories().elsewhere().users() > 0) {
      map.put("driver_users", interactions.users().size());
    }
    return map;
  }
}
