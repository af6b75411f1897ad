// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Reading;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.privacy.DifferentialPrivacy;
import org.neuralrescore.trainer.pipeline.CombinationOptions;
import org.neuralrescore.trainer.pipeline.PrivacyOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.feature.ItemFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Options as they stand in a manifest: everything that decides the result. The number of threads
 * does not, and a bundle must not differ by it.
 */
final class OptionMap {
  private static final JsonMapper MAPPER = new JsonMapper();

  private static final Set<String> APART = Set.of("rank", "sweeps", "epochs", "seed");

  private OptionMap() {}

  static Map<String, Object> of(TrainingOptions options) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("factors", factors(options.factorisation()));
    map.put("fold_in_iterations", options.foldInIterations());
    options.rows().sessionDays().ifPresent(days -> map.put("session_days", days));
    map.put("values", name(options.rows().values()));
    options.rows().halfLifeDays().ifPresent(days -> map.put("half_life_days", days));
    if (!options.rows().core().equals(CoreRule.none())) {
      map.put("core", nested(options.rows().core()));
    }
    if (options.privacy().userVectors() == PrivacyOptions.UserVectors.FOLDED_IN) {
      map.put("user_vectors", "folded_in");
    }
    options.privacy().differential().ifPresent(p -> map.put("privacy", privacy(p)));
    map.put("scorer", scorer(options));
    if (!options.features().features().isEmpty()) {
      map.put("features", options.features().features().stream().map(ItemFeature::label).toList());
    }
    if (!options.wide().isEmpty()) {
      map.put("wide", options.wide().stream().map(OptionMap::nested).toList());
    }
    options.features().recent().ifPresent(recent -> map.put("recent", nested(recent)));
    options.evaluateUsers().ifPresent(most -> map.put("evaluate_users", most));
    if (options.usersInMemory() != TrainingOptions.ALL_USERS) {
      map.put("users_in_memory", options.usersInMemory());
    }
    map.put("cutoff", options.cutoff());
    return map;
  }

  private static Map<String, Object> factors(FactorOptions options) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sweeps", options.sweeps());
    map.put("width", options.width());
    map.putAll(without(nested((Record) options)));
    return map;
  }

  /** What stands apart: rank, sweeps and seed, wherever a method keeps them. */
  private static Map<String, Object> without(Map<?, ?> options) {
    Map<String, Object> rest = new LinkedHashMap<>();
    options.forEach(
        (key, value) -> {
          if (!APART.contains(key)) {
            rest.put(key.toString(), value instanceof Map<?, ?> map ? without(map) : value);
          }
        });
    return rest;
  }

  /** What others have to do in the same way. */
  static TrainedWith trained(TrainingOptions options, Reading reading) {
    HistoryWeighting weighting = options.weighting();
    return new TrainedWith(
        options.factors().method().label(),
        options.factors().loss(),
        options.factors().rank(),
        options.protocol().label(),
        Optional.of(reading),
        new TrainedWith.Weighting(
            weighting.floor(), weighting.decayDays(), weighting.values().name()),
        options.scorer().negatives(),
        options.scorer().sampling().name());
  }

  private static Map<String, Object> scorer(TrainingOptions options) {
    Map<String, Object> all = nested(options.scorer());
    // Most data has no context: what decides nothing names no generation.
    if (options.scorer().contextMinCount() == ScorerOptions.CONTEXT_MIN_COUNT) {
      all.remove("contextMinCount");
    }
    return all;
  }

  private static Map<String, Object> privacy(DifferentialPrivacy privacy) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epsilon", privacy.epsilon());
    map.put("delta", privacy.delta());
    map.put("unit", "user");
    map.put("covers", "item factors");
    map.put("rho", privacy.budget().rho());
    map.put("clip_norm", privacy.clipNorm());
    map.put("clip_interactions", privacy.clipInteractions());
    return map;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, Object> methods(CombinationOptions options) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("methods", options.methods().stream().sorted().map(Method::label).toList());
    map.put("joint", nested(options.joint()));
    map.put("tasks", nested(options.tasks()));
    map.put("content", nested(options.content()));
    return map;
  }

  private static Map<String, Object> nested(Record options) {
    return MAPPER.convertValue(options, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
