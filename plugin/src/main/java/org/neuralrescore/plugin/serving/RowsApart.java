// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.neuralrescore.bundle.InvalidBundleException;

/**
 * Runs rows together, in another order and alone: a hit's score must be the same whichever hits are
 * beside it. The shapes of a graph say so already; this is the second look, at what really runs.
 */
final class RowsApart {
  private static final int ALONE = 32;

  private RowsApart() {}

  /**
   * Compares.
   *
   * @param run gives the outputs of rows by number, run together
   * @param together the outputs of all rows in order
   * @param tolerance see {@code parity.json}
   * @param at where the rows stand, for errors
   * @throws InvalidBundleException where they differ
   */
  static void check(Function<int[], float[]> run, float[] together, double tolerance, String at) {
    int rows = together.length;
    // Backwards, and with the first row a second and third time: so a single row has company, too.
    int[] others =
        IntStream.concat(IntStream.range(0, rows).map(i -> rows - 1 - i), IntStream.of(0, 0))
            .toArray();
    compare(run, others, together, tolerance, at);
    for (int row = 0; row < Math.min(rows, ALONE); row++) {
      compare(run, new int[] {row}, together, tolerance, at);
    }
  }

  private static void compare(
      Function<int[], float[]> run, int[] order, float[] together, double tolerance, String at) {
    float[] outputs = run.apply(order);
    for (int i = 0; i < order.length; i++) {
      float expected = together[order[i]];
      double difference =
          Math.abs((double) outputs[i] - expected) / Math.max(1, Math.abs(expected));
      if (!(difference <= tolerance)) {
        throw new InvalidBundleException(
            at
                + ".output["
                + order[i]
                + "] is "
                + expected
                + " with all rows and "
                + outputs[i]
                + " among others: rows see each other, and a hit's score would depend on the hits"
                + " beside it");
      }
    }
  }
}
