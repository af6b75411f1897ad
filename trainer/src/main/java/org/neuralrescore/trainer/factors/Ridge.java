// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

/** What the regularisation of a row grows with. */
public enum Ridge {
  /** The weight of all cells of the row, touched or not (Rendle et al. 2021). */
  ALL("all") {
    @Override
    public double of(double touched, double untouched) {
      return touched + untouched;
    }
  },

  /**
   * The weight of its touched cells (Zhou et al. 2008, "Large-scale Parallel Collaborative
   * Filtering for the Netflix Prize"), which is how MLlib does it: short rows are held less.
   */
  TOUCHED("touched") {
    @Override
    public double of(double touched, double untouched) {
      return touched;
    }
  };

  private final String label;

  Ridge(String label) {
    this.label = label;
  }

  /** As in options. */
  public String label() {
    return label;
  }

  /**
   * What lambda is multiplied by.
   *
   * @param touched the sum of a row's weights, {@code |a_u|}
   * @param untouched the weight of every cell of the row, {@code alpha0 n}
   */
  public abstract double of(double touched, double untouched);
}
