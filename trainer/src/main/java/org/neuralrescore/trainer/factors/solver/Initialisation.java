// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

/** Where the factors start. */
public enum Initialisation {
  /** Half-normal with scale {@code sqrt(mean(A) / k)}: predictions start at the size of A. */
  RANDOM("half-normal at the size of A", "as in scikit-learn's NMF"),
  /** Non-negative parts of the leading singular vectors, zeros kept. */
  NNDSVD("non-negative parts of the leading singular vectors, zeros kept", Initialisation.PAPER),
  /** {@link #NNDSVD} with its zeros at the mean of A. */
  NNDSVDA("the same with zeros at the mean of A", Initialisation.PAPER);

  private static final String PAPER =
      "Boutsidis and Gallopoulos 2008, SVD based initialization: a head start for NMF";

  private final String summary;
  private final String paper;

  Initialisation(String summary, String paper) {
    this.summary = summary;
    this.paper = paper;
  }

  /** What it is, in one line. */
  public String summary() {
    return summary;
  }

  /** Authors, year and title. */
  public String paper() {
    return paper;
  }
}
