package org.neuralrescore.trainer.factors;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link ImplicitAls}, in the notation of Rendle et al. 2021.
 *
 * @param rank k, the number of factors, default 64
 * @param alpha0 the weight of every cell, touched or not, beside the weight 1 of a touched one,
 *     default 0.1
 * @param lambda regularisation a unit of weight of a row, default 0.01
 * @param sweeps alternations, default 16
 * @param innerSweeps passes of coordinate descent over a row's factors in one half-sweep, default 8
 * @param seed of the random start, default 42
 * @param block factors solved for at once; below the rank, rows are solved by iALS++ in blocks of
 *     this many, which pays from ranks of about 128 on; default all
 */
@RecordBuilder
public record ImplicitAlsOptions(
    int rank, double alpha0, double lambda, int sweeps, int innerSweeps, long seed, int block)
    implements ImplicitAlsOptionsBuilder.With {
  /** A block of every factor there is: the whole row at once. */
  public static final int ALL = Integer.MAX_VALUE;

  public ImplicitAlsOptions {
    if (rank < 1 || sweeps < 1 || innerSweeps < 1 || block < 1) {
      throw new IllegalArgumentException(
          "implicit ALS expects rank, sweeps, inner sweeps and block of at least 1, got "
              + rank
              + ", "
              + sweeps
              + ", "
              + innerSweeps
              + ", "
              + block);
    }
    if (!(alpha0 > 0) || !(lambda > 0)) {
      throw new IllegalArgumentException(
          "implicit ALS expects alpha0 > 0 and lambda > 0, got " + alpha0 + ", " + lambda);
    }
  }

  /** The documented defaults. */
  public static ImplicitAlsOptions defaults() {
    return new ImplicitAlsOptions(64, 0.1, 0.01, 16, 8, 42L, ALL);
  }
}
