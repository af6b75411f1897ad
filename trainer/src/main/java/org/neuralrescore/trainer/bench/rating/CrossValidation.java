// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * The error over folds, each learned afresh.
 *
 * @param folds one error a fold, in order
 */
public record CrossValidation(List<RatingError> folds) {
  public CrossValidation {
    folds = List.copyOf(folds);
    if (folds.isEmpty()) {
      throw new IllegalArgumentException("cross-validation expects at least one fold, got none");
    }
  }

  /** Learns and predicts every fold. */
  public static CrossValidation run(
      List<RatingFold> folds, RatingOptions options, Workers workers, Progress progress) {
    List<RatingError> errors = new ArrayList<>();
    for (RatingFold fold : folds) {
      BiasedFactorisation.Result result =
          new BiasedFactorisation(options, workers).fit(fold.learned(), progress);
      errors.add(fold.error(result.model()));
    }
    return new CrossValidation(errors);
  }

  /** The mean over folds, as published figures are. */
  public double rmse() {
    return folds.stream().mapToDouble(RatingError::rmse).average().orElseThrow();
  }

  /** The mean over folds. */
  public double mae() {
    return folds.stream().mapToDouble(RatingError::mae).average().orElseThrow();
  }

  /** The spread of folds: the sample standard deviation of their RMSE, 0 for one fold. */
  public double deviation() {
    double mean = rmse();
    double squares = folds.stream().mapToDouble(fold -> Math.pow(fold.rmse() - mean, 2)).sum();
    return Math.sqrt(squares / Math.max(1, folds.size() - 1));
  }
}
