// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleSupplier;

/** Central differences of a loss: the oracle of every gradient. */
public final class FiniteDifferences {
  private static final double STEP = 1e-6;

  private FiniteDifferences() {}

  /**
   * Fails where a gradient is not the slope of the loss.
   *
   * @param point where the loss is taken; put back as it was
   * @param gradient what is claimed
   * @param loss reads {@code point}
   */
  public static void assertGradient(double[] point, double[] gradient, DoubleSupplier loss) {
    for (int i = 0; i < point.length; i++) {
      double kept = point[i];
      point[i] = kept + STEP;
      double above = loss.getAsDouble();
      point[i] = kept - STEP;
      double below = loss.getAsDouble();
      point[i] = kept;
      double slope = (above - below) / (2 * STEP);
      assertEquals(slope, gradient[i], 1e-5 * Math.max(1, Math.abs(slope)), "derivative " + i);
    }
  }

  /** The same for rows. */
  public static void assertGradient(double[][] point, double[][] gradient, DoubleSupplier loss) {
    for (int row = 0; row < point.length; row++) {
      assertGradient(point[row], gradient[row], loss);
    }
  }
}
