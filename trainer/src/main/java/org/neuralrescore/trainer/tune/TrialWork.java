// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

/**
 * Multiplications that a trial takes, roughly: what is left of a search is told from the pace of
 * what was done.
 *
 * @param rows of the matrix
 * @param items columns of the matrix
 * @param cells of the matrix that are not zero
 * @param cases that a trial is judged on
 */
record TrialWork(double rows, double items, double cells, double cases) {

  /** From some sweeps to others, and the judging. */
  double of(TrialOptions options, boolean network, int fromSweeps, int toSweeps) {
    double k = options.factors().rank();
    // A course is begun anew to stand elsewhere on it.
    int sweeps = options.factors().onACourse() ? toSweeps : toSweeps - fromSweeps;
    return sweeps * options.factors().sweepWork(rows, items, cells)
        + rank(options, k)
        + (network ? network(options, k) : 0);
  }

  private double rank(TrialOptions options, double k) {
    return cases * (items * k + options.encoder().iterations() * k * k);
  }

  private double network(TrialOptions options, double k) {
    double weights = 0;
    double width = 3 * k;
    for (int hidden : options.scorer().hidden()) {
      weights += width * hidden;
      width = hidden;
    }
    double examples =
        Math.min(cells, options.scorer().maxExamples()) * (1 + options.scorer().negatives());
    return options.scorer().epochs() * 3 * examples * weights + cases * items * weights;
  }
}
