package org.neuralrescore.trainer.nmf.solver;

/** Where the factors start. */
public enum Initialisation {
  /** Half-normal with scale {@code sqrt(mean(A) / k)}: predictions start at the size of A. */
  RANDOM,
  /**
   * Non-negative parts of the leading singular vectors, zeros kept; Boutsidis and Gallopoulos 2008,
   * "SVD based initialization: a head start for NMF".
   */
  NNDSVD,
  /** {@link #NNDSVD} with its zeros at the mean of A. */
  NNDSVDA
}
