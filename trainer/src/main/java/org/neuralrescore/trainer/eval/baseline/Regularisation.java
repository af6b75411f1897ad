// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval.baseline;

import java.util.List;

/**
 * How strongly one is held back from learning its data by heart.
 *
 * @param name of the quantity, as in the paper
 * @param values an odd number of them, ascending; the one in the middle is the usual
 */
public record Regularisation(String name, List<Double> values) {
  public Regularisation {
    values = List.copyOf(values);
  }

  /** How many steps there are on each side of the usual. */
  public int steps() {
    return values.size() / 2;
  }

  /** So many steps above the usual, or below where it is negative. */
  public double at(int step) {
    return values.get(steps() + step);
  }
}
