// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.pipeline.MeasuredBaseline;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Table;

/** What histories weighed for each baseline: at its best, not at the model's. */
public final class BaselineRecency {
  private BaselineRecency() {}

  /** One line for a terminal; empty without baselines. */
  public static String text(List<MeasuredBaseline> baselines) {
    return baselines.isEmpty()
        ? ""
        : "baselines weigh histories as suited each on validation cases: "
            + baselines.stream()
                .map(one -> one.baseline().label() + " " + one.weighting().describe())
                .collect(Collectors.joining("; "))
            + System.lineSeparator();
  }

  /** By baseline {@code days} and {@code floor}; nothing where all weigh alike. */
  public static Map<String, Object> json(List<MeasuredBaseline> baselines) {
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
        "Recency of the baselines",
        "What the interactions of a history weigh for each: of the recencies that the data's own"
            + " pace suggests, the model's, and a third and three times of the best, the one with"
            + " which it ranked best on validation cases.",
        List.of("baseline", "a history weighs"),
        baselines.stream()
            .map(one -> List.of(one.baseline().label(), one.weighting().describe()))
            .toList());
  }
}
