// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Reading;

/**
 * What others have to do in the same way as the training did: evaluate, serve, retrain. Written to
 * a manifest and read from it here and nowhere else.
 *
 * @param method of factorisation, by its name
 * @param loss that the factors minimise: those of two losses are no start for each other
 * @param rank k; a row of the item factors may be wider
 * @param protocol how cases were held out, by its label
 * @param reading by what rules the data was read; empty where the bundle does not say
 * @param weighting what each interaction of a history weighed
 * @param negatives sampled items a positive in the scorer's training
 * @param sampling how these were drawn, by its name
 */
public record TrainedWith(
    String method,
    String loss,
    int rank,
    String protocol,
    Optional<Reading> reading,
    Weighting weighting,
    int negatives,
    String sampling) {

  /** Its key among the options of a provenance. */
  static final String KEY = "trained";

  /**
   * What an interaction weighs.
   *
   * @param floor the least weight by age
   * @param decayDays days in which the rest of it falls by half
   * @param values what a cell counts, by its name
   */
  public record Weighting(double floor, double decayDays, String values) {}

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", method);
    map.put("loss", loss);
    map.put("rank", rank);
    map.put("protocol", protocol);
    reading.ifPresent(rules -> map.put("reading", readingMap(rules)));
    map.put(
        "weighting",
        Map.of(
            "floor", weighting.floor(),
            "decay_days", weighting.decayDays(),
            "values", weighting.values()));
    map.put("negatives", negatives);
    map.put("sampling", sampling);
    return map;
  }

  /**
   * As {@link #asMap} wrote it.
   *
   * @param options of a provenance
   * @return empty where there is none: the bundle was not made by this software's training
   * @throws UserError of kind INPUT where a part is missing or is no such value
   */
  static Optional<TrainedWith> read(Map<?, ?> options) {
    if (!(options.get(KEY) instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<?, ?> weighting = value(map, "weighting", Map.class);
    return Optional.of(
        new TrainedWith(
            value(map, "method", String.class),
            value(map, "loss", String.class),
            value(map, "rank", Number.class).intValue(),
            value(map, "protocol", String.class),
            map.containsKey("reading")
                ? Optional.of(reading(value(map, "reading", Map.class)))
                : Optional.empty(),
            new Weighting(
                value(weighting, "floor", Number.class).doubleValue(),
                value(weighting, "decay_days", Number.class).doubleValue(),
                value(weighting, "values", String.class)),
            value(map, "negatives", Number.class).intValue(),
            value(map, "sampling", String.class)));
  }

  private static Map<String, Object> readingMap(Reading rules) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("min_rating", rules.minRating());
    map.put("duplicates", rules.duplicates());
    map.put("ties", rules.ties());
    map.put("where", rules.where());
    map.put("since", rules.since());
    map.put("until", rules.until());
    return map;
  }

  private static Reading reading(Map<?, ?> map) {
    return new Reading(
        value(map, "min_rating", Number.class).doubleValue(),
        value(map, "duplicates", String.class),
        value(map, "ties", String.class),
        value(map, "where", String.class),
        value(map, "since", String.class),
        value(map, "until", String.class));
  }

  private static <T> T value(Map<?, ?> map, String key, Class<T> type) {
    Object value = map.get(key);
    if (!type.isInstance(value)) {
      throw new UserError(
          UserError.Kind.INPUT,
          "the manifest's provenance says [options.trained."
              + key
              + "] = "
              + value
              + "; it was changed since the bundle was written, train anew");
    }
    return type.cast(value);
  }
}
