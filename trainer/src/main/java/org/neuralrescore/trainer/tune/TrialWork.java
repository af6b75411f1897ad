package org.neuralrescore.trainer.tune;

import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.session.Distillation;

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
    double factors;
    if (options.method().softmax()) {
      // An epoch is a state's from the start on alone: the epochs before are learned again.
      factors = toSweeps * epoch(options, k);
    } else {
      factors = (toSweeps - fromSweeps) * sweep(options, k);
    }
    return factors + rank(options, k) + (network ? network(options, k) : 0);
  }

  private double sweep(TrialOptions options, double k) {
    if (options.method().weightedImplicit()) {
      return 2 * cells * k * k + (rows + items) * options.factors().innerSweeps() * k * k;
    }
    double summed = options.method() == FactorMethod.NEIGHBOURS ? neighbours(options) : cells;
    return 4 * summed * k + 2 * (rows + items) * k * k;
  }

  private double neighbours(TrialOptions options) {
    return items * Math.min(items, options.solver().neighbours().neighbours());
  }

  private double epoch(TrialOptions options, double k) {
    double people =
        options.method() == FactorMethod.SESSION_SOFTMAX
            ? rows
            : (double) Distillation.STEPS * options.solver().distillation().batch();
    return 3 * people * items * k;
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
