// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

/**
 * What an extrapolated run knows beside its factors, and so a part of its {@link NmfState}: where
 * the next sweep begins, and how far beyond it will go (beta in Ang and Gillis 2019).
 */
public final class Extrapolation {
  private final double[] rows;
  private final double[] columns;
  private final double step;
  private final double lastStep;
  private final double ceiling;

  /**
   * @param rows W as the last sweep's update left it, before it was extrapolated; row-major [m x
   *     rank], finite and non-negative; owned by this, not copied
   * @param columns H extrapolated, from which the next sweep begins; row-major [n x rank], likewise
   * @param step the next extrapolation, as a share of the last move: beta, in [0, 1]
   * @param lastStep the beta of the last sweep that was accepted
   * @param ceiling what beta may grow to
   */
  public Extrapolation(
      double[] rows, double[] columns, double step, double lastStep, double ceiling) {
    requireShare("step", step);
    requireShare("last step", lastStep);
    requireShare("ceiling", ceiling);
    this.rows = rows;
    this.columns = columns;
    this.step = step;
    this.lastStep = lastStep;
    this.ceiling = ceiling;
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "extrapolation expects a " + name + " in [0, 1], got " + value);
    }
  }

  /** W before it was extrapolated, [m x rank], not a copy: readers must not write. */
  public double[] rows() {
    return rows;
  }

  /** H extrapolated, [n x rank], not a copy: readers must not write. */
  public double[] columns() {
    return columns;
  }

  /** The next beta. */
  public double step() {
    return step;
  }

  /** The last beta that was accepted. */
  public double lastStep() {
    return lastStep;
  }

  /** What beta may grow to. */
  public double ceiling() {
    return ceiling;
  }
}
