// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.neuralrescore.bundle.Limits;
import org.neuralrescore.trainer.model.TrainedModel;

/**
 * What goes into a bundle.
 *
 * @param name the model's name
 * @param model what training made
 * @param labels a text a factor, or none
 * @param provenance what it was made from
 * @param metrics held-out figures; values are text, numbers, booleans, lists or maps
 */
public record BundleContent(
    String name,
    TrainedModel model,
    List<String> labels,
    Provenance provenance,
    Map<String, ?> metrics) {
  public BundleContent {
    Generation.checkName(name);
    labels = labels.stream().map(BundleContent::cut).toList();
    if (!labels.isEmpty() && labels.size() != model.rank()) {
      throw new IllegalArgumentException(
          "a bundle of rank " + model.rank() + " expects a label a factor, got " + labels.size());
    }
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }

  /** The generation that this makes. */
  public String generation() {
    return Generation.of(provenance);
  }

  /** Titles may be of any length, and labels of a manifest may not. */
  private static String cut(String label) {
    if (label.length() <= Limits.LABEL) {
      return label;
    }
    int end = Limits.LABEL - 3;
    return label.substring(0, Character.isHighSurrogate(label.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }
}
