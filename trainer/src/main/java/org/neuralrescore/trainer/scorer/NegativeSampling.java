// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/** How items that a user did not touch are drawn. */
public enum NegativeSampling {
  /**
   * Every item alike: the logit then orders items by how likely the user is to touch them, which is
   * what a full ranking asks for.
   */
  UNIFORM(0.0),
  /** In proportion to popularity to the power 0.75 (Mikolov et al. 2013): harder, less popular. */
  POPULARITY(0.75);

  private final double exponent;

  NegativeSampling(double exponent) {
    this.exponent = exponent;
  }

  /** The power of popularity. */
  double exponent() {
    return exponent;
  }
}
