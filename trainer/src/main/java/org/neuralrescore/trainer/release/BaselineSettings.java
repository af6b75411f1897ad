// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.pipeline.MeasuredBaseline;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Table;

/**
 * With what each baseline was measured: recency and regularisation at its best, not at the model's.
 */
public final class BaselineSettings {
  private BaselineSettings() {}

  /** One line for a terminal; empty without baselines. */
  public static String text(List<MeasuredBaseline> baselines) {
    return baselines.isEmpty()
        ? ""
        : "baselines with what suited each on validation cases: "
            + baselines.stream()
                .map(one -> one.baseline().label() + " " + text(one))
                .collect(Collectors.joining("; "))
            + System.lineSeparator();
  }

  /** Of one: {@code lambda 300, history all alike}. */
  public static String text(MeasuredBaseline one) {
    return regularisation(one).map(text -> text + ", ").orElse("")
        + "history "
        + one.weighting().describe();
  }

  private static Optional<String> regularisation(MeasuredBaseline one) {
    return one.regularisation()
        .map(
            set ->
                set.name()
                    + " "
                    + BigDecimal.valueOf(set.value()).stripTrailingZeros().toPlainString());
  }

  /** By baseline that knows one {@code lambda} or {@code alpha0}. */
  public static Map<String, Object> regularisation(List<MeasuredBaseline> baselines) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (MeasuredBaseline one : baselines) {
      one.regularisation()
          .ifPresent(set -> all.put(one.baseline().label(), Map.of(set.name(), set.value())));
    }
    return all;
  }

  /** By baseline {@code days} and {@code floor}; nothing where all weigh alike. */
  public static Map<String, Object> recency(List<MeasuredBaseline> baselines) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (MeasuredBaseline one : baselines) {
      all.put(one.baseline().label(), json(one.weighting()));
    }
    return all;
  }

  private static Map<String, Object> json(HistoryWeighting weighting) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (weighting.floor() != 1) {
      map.put("days", weighting.decayDays());
      map.put("floor", weighting.floor());
    }
    return map;
  }

  static Section section(List<MeasuredBaseline> baselines) {
    return new Table(
        "What suits the baselines",
        "Each is measured with what it ranked validation cases best with: what the interactions of a"
            + " history weigh, of the recencies that the data's own pace suggests, the model's, and"
            + " a third and three times of the best; and its regularisation, up or down from the"
            + " usual one for as long as that helped (beyond 5,000,000 interactions the usual).",
        List.of("baseline", "a history weighs", "regularisation"),
        baselines.stream()
            .map(
                one ->
                    List.of(
                        one.baseline().label(),
                        one.weighting().describe(),
                        regularisation(one).orElse("")))
            .toList());
  }
}
