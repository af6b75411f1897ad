// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * The user encoder of a factorisation: turns the factors of the items in a history, with weights,
 * into the user vector that the same loss would have given that user, the items fixed.
 *
 * <p>The number of steps is fixed, so that the same arithmetic unrolls into an ONNX graph without a
 * loop: offline users and online histories go through one encoder.
 */
public sealed interface FoldIn
    permits ImplicitFoldIn, SquaredFoldIn, KullbackLeiblerFoldIn, NeighbourFoldIn {

  /** k. */
  int rank();

  /** Steps. */
  int iterations();

  /**
   * Encodes one history.
   *
   * @param items row-major [n x rank], n &gt;= 1
   * @param weights [n], positive
   * @return [rank], non-negative but where items of two sides have evidence below 0, new
   */
  float[] encode(float[] items, float[] weights);

  /** Refuses arrays that are no history. */
  static void requireHistory(int rank, float[] items, float[] weights) {
    int n = weights.length;
    if (n < 1 || items.length != n * rank) {
      throw new IllegalArgumentException(
          "fold-in of rank "
              + rank
              + " got "
              + items.length
              + " item values for "
              + n
              + " weights");
    }
  }
}
