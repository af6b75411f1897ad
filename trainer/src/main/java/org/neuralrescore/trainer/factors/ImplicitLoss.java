// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

/**
 * The weighted implicit loss of W H^T (Hu, Koren and Volinsky 2008; Rendle et al. 2021): {@code (1
 * - p)^2} of every touched cell by its weight, {@code alpha0 p^2} of every cell, and every row's
 * squares by {@code lambda} times what the ridge grows with.
 *
 * @param alpha0 the weight of every cell, touched or not
 * @param lambda regularisation a unit of what the ridge grows with
 * @param ridge what a row's regularisation grows with
 */
public record ImplicitLoss(double alpha0, double lambda, Ridge ridge) {

  /**
   * What a row's squares are multiplied by.
   *
   * @param touched the sum of the row's weights
   * @param others how many columns the row has
   */
  public double ridge(double touched, double others) {
    return lambda * ridge.of(touched, alpha0 * others);
  }
}
