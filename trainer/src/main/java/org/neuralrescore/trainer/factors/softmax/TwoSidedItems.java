// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

import java.util.List;

/**
 * Items with two sides: a user of weights {@code w} is {@code x = sum_i w_i U_i}, and likes item j
 * by {@code <x, V_j>}. What items offer is not negative. Holds its arrays without copying. Items
 * that nobody touched have zeros on both sides.
 */
public final class TwoSidedItems {
  private final int rank;
  private final float[] factors;
  private final float[] evidence;
  private final List<Double> losses;

  /**
   * @param factors V, row-major [items x rank], not negative
   * @param evidence U, row-major [items x rank]; not negative but where its teacher was signed
   * @param rank k, of either side
   * @param losses of each epoch, in nats
   */
  public TwoSidedItems(int rank, float[] factors, float[] evidence, List<Double> losses) {
    this.rank = rank;
    this.factors = factors;
    this.evidence = evidence;
    this.losses = List.copyOf(losses);
  }

  /** k, of either side. */
  public int rank() {
    return rank;
  }

  /** The number of items. */
  public int itemCount() {
    return factors.length / rank;
  }

  /** Whether an item has anything but zeros. */
  public boolean knows(int item) {
    for (int i = item * rank; i < (item + 1) * rank; i++) {
      if (factors[i] != 0 || evidence[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** V, what items offer: row-major [items x rank], not negative; not copied. */
  public float[] factors() {
    return factors;
  }

  /** U, the evidence vectors, shrinkage included: row-major [items x rank]; not copied. */
  public float[] evidence() {
    return evidence;
  }

  /** Mean loss of each epoch's steps, in nats a unit of target weight. */
  public List<Double> losses() {
    return losses;
  }
}
