// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

/** The solvers, each with the loss that it minimises and the paper that it follows. */
public enum NmfSolver {
  /** Every factor times a ratio of non-negative sums; simple, slow, never at zero. */
  KL_MULTIPLICATIVE(
      "kl-mu",
      NmfLoss.KULLBACK_LEIBLER,
      "multiplicative updates for Kullback-Leibler",
      "Lee and Seung 2001, Algorithms for Non-negative Matrix Factorization"),
  /** One guarded Newton step a coordinate; reaches an objective soonest for Kullback-Leibler. */
  KL_COORDINATE_DESCENT(
      "kl-cd",
      NmfLoss.KULLBACK_LEIBLER,
      "cyclic coordinate descent for Kullback-Leibler, damped where a full step could rise",
      "Hsieh and Dhillon 2011, Fast Coordinate Descent Methods with Variable Selection for NMF;"
          + " Hien and Gillis 2021, Algorithms for NMF with the Kullback-Leibler Divergence"),
  /** Every factor times a ratio of non-negative sums; simple, slow, never at zero. */
  SQUARED_MULTIPLICATIVE(
      "mu",
      NmfLoss.SQUARED_ERROR,
      "multiplicative updates for squared error",
      "Lee and Seung 2001, Algorithms for Non-negative Matrix Factorization"),
  /** Each coordinate at its exact minimum, one pass a half-sweep. */
  HALS(
      "hals",
      NmfLoss.SQUARED_ERROR,
      "hierarchical alternating least squares",
      "Cichocki and Phan 2009, Fast Local Algorithms for Large Scale NMF"),
  /** HALS with several passes on each product. */
  ACCELERATED_HALS(
      "a-hals",
      NmfLoss.SQUARED_ERROR,
      "HALS with several passes on every sparse product",
      "Gillis and Glineur 2012, Accelerated Multiplicative Updates and HALS for NMF"),
  /** A-HALS that begins each sweep beyond the last; reaches an objective soonest. */
  EXTRAPOLATED_HALS(
      "e-a-hals",
      NmfLoss.SQUARED_ERROR,
      "A-HALS extrapolated from sweep to sweep, a sweep done again where the objective rose",
      "Ang and Gillis 2019, Accelerating NMF Algorithms Using Extrapolation"),
  /** Each half-sweep solved exactly; the fewest sweeps, the dearest ones. */
  ANLS(
      "anls",
      NmfLoss.SQUARED_ERROR,
      "alternating exact non-negative least squares by block principal pivoting",
      "Kim and Park 2011, Fast NMF: An Active-Set-Like Method and Comparisons");

  private final String label;
  private final NmfLoss loss;
  private final String summary;
  private final String paper;

  NmfSolver(String label, NmfLoss loss, String summary, String paper) {
    this.label = label;
    this.loss = loss;
    this.summary = summary;
    this.paper = paper;
  }

  /** Its name in options and reports. */
  public String label() {
    return label;
  }

  /** What it minimises. */
  public NmfLoss loss() {
    return loss;
  }

  /** What it does, in one line. */
  public String summary() {
    return summary;
  }

  /** Authors, year and title. */
  public String paper() {
    return paper;
  }

  /** Whether an entry that is zero stays zero for ever. */
  boolean isMultiplicative() {
    return this == KL_MULTIPLICATIVE || this == SQUARED_MULTIPLICATIVE;
  }

  /** Whether sweeps begin beyond where the last one ended. */
  boolean extrapolates() {
    return this == EXTRAPOLATED_HALS;
  }

  /** A half-sweep's code; one instance a side, since scratch space is kept between sweeps. */
  HalfSweep halfSweep(int rank) {
    return switch (this) {
      case KL_MULTIPLICATIVE -> new KlMultiplicativeUpdates(rank);
      case KL_COORDINATE_DESCENT -> new KlCoordinateDescent(rank);
      case SQUARED_MULTIPLICATIVE -> new SquaredMultiplicativeUpdates(rank);
      case HALS -> AcceleratedHals.onePass(rank);
      case ACCELERATED_HALS, EXTRAPOLATED_HALS -> AcceleratedHals.accelerated(rank);
      case ANLS -> new ExactAlternation(rank);
    };
  }
}
