// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.List;

/**
 * How an output divides: {@code output = dotScale * <user, item> + bias + wideScale * t +
 * remainder}, so that factor f has the share {@code dotScale * user_f * item_f}.
 *
 * @param wideScale b, 0 where the scorer reads no {@code item_neighbours}
 * @param labels a text for each factor, or empty
 */
public record FactorExplanation(float dotScale, float bias, float wideScale, List<String> labels) {
  public FactorExplanation {
    labels = List.copyOf(labels);
  }

  /** The factor's label, or its number where the manifest has none. */
  public String label(int factor) {
    return factor < labels.size() ? labels.get(factor) : "factor " + factor;
  }
}
