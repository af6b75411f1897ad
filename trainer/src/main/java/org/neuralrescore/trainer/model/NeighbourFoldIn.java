// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * The user encoder of items with two sides (Kabbur et al. 2013, "FISM: Factored Item Similarity
 * Models"). Half of an item's row is what it offers, {@code v_i}; the other half is what having
 * touched it says of a person, {@code u_i}. A user is {@code [sum_i w_i u_i, 0]}, so that the dot
 * product with an item {@code [v_j, u_j]} is {@code sum_i w_i <u_i, v_j>}: factored weights from
 * each item of the history to the item. One vector an item carries both, so nothing that stores,
 * reads or scores vectors needs to know.
 */
public final class NeighbourFoldIn implements FoldIn {
  private final int rank;

  /**
   * @param rank width of a row, both sides together: even
   */
  public NeighbourFoldIn(int rank) {
    if (rank < 2 || rank % 2 != 0) {
      throw new IllegalArgumentException(
          "rows of two sides have an even width of at least 2, got " + rank);
    }
    this.rank = rank;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int iterations() {
    return 1;
  }

  /** The number of factors, half the width of a row. */
  public int factors() {
    return rank / 2;
  }

  @Override
  public float[] encode(float[] items, float[] weights) {
    FoldIn.requireHistory(rank, items, weights);
    float[] user = new float[rank];
    int k = factors();
    for (int i = 0; i < weights.length; i++) {
      for (int f = 0; f < k; f++) {
        user[f] += weights[i] * items[i * rank + k + f];
      }
    }
    return user;
  }
}
