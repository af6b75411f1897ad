// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

/**
 * The error of predicted ratings, in the unit of the ratings.
 *
 * @param fold the fold's name
 * @param rmse root mean squared error
 * @param mae mean absolute error
 * @param ratings how many were predicted
 */
public record RatingError(String fold, double rmse, double mae, int ratings) {}
