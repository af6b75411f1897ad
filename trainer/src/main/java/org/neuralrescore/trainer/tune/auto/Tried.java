// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/** What is tried: a way to factors, or a way to item-to-item weights. */
public sealed interface Tried permits AutoCandidate, WideCandidate {
  /** What an interaction of a history weighs. */
  HistoryWeighting weighting();

  /** Candidates of one name are of a kind. */
  String kind();

  /** As flags of {@code train}, defaults left out but for the kind. */
  List<String> flags();

  /** A few words for a person. */
  default String label() {
    return String.join(" ", flags())
        .replace("--factors ", "")
        .replace("--", "")
        .toLowerCase(Locale.ROOT);
  }

  /** The flags of a weighting; none where all weigh the same. */
  static List<String> flags(HistoryWeighting weighting) {
    List<String> flags = new ArrayList<>();
    if (weighting.floor() != 1) {
      flags.add("--recency-days");
      flags.add(Double.toString(weighting.decayDays()));
      flags.add("--recency-floor");
      flags.add(Double.toString(weighting.floor()));
    }
    return flags;
  }
}
