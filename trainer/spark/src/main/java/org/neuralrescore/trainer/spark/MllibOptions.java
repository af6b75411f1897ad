// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

/**
 * The trainer's weighted implicit ALS in the words of MLlib's. The trainer minimises, of weights 1,
 *
 * <pre>
 * sum_touched (1 - p)^2 + alpha0 sum_all p^2
 *   + lambda (sum_u (n_u + alpha0 n) |w_u|^2 + sum_i (n_i + alpha0 m) |h_i|^2),   p = &lt;w_u, h_i&gt;
 * </pre>
 *
 * of {@code m} users and {@code n} items, {@code n_u} of which user u touched (Rendle et al. 2021).
 * MLlib minimises, of ratings 1 (Hu, Koren and Volinsky 2008, with the ridge of Zhou et al. 2008),
 *
 * <pre>
 * sum_touched (1 + alpha) (1 - q)^2 + sum_untouched q^2
 *   + regParam (sum_u n_u |x_u|^2 + sum_i n_i |y_i|^2),   q = &lt;x_u, y_i&gt;
 * </pre>
 *
 * <p>A touched cell costs the trainer {@code (1 - p)^2 + alpha0 p^2}, which is {@code (1 + alpha0)
 * (p - 1 / (1 + alpha0))^2} and a constant. With {@code q = (1 + alpha0) p} its loss is
 *
 * <pre>
 * alpha0 / (1 + alpha0)^2 (sum_touched (1 + alpha0) / alpha0 (1 - q)^2 + sum_untouched q^2)
 * </pre>
 *
 * and a constant: MLlib's, times a number that moves no minimum, with {@code 1 + alpha = (1 +
 * alpha0) / alpha0}, that is {@code alpha = 1 / alpha0}. Both sides share the factor: {@code w = x
 * / sqrt(1 + alpha0)} and {@code h = y / sqrt(1 + alpha0)}.
 *
 * <p>The ridge in the same words is {@code lambda (1 + alpha0) / alpha0 (n_u + alpha0 n) |x_u|^2}.
 * MLlib's grows with {@code n_u} alone, as the trainer's own does of {@link Ridge#TOUCHED}, whose
 * loss is MLlib's to the letter: {@code regParam = lambda (1 + alpha0) / alpha0}. Of {@link
 * Ridge#ALL} a row's own cannot be met; all rows' together can, and that of users and that of items
 * by the same number, {@code nnz} being the touched cells:
 *
 * <pre>
 * regParam nnz = lambda (1 + alpha0) / alpha0 (nnz + alpha0 m n)
 * regParam     = lambda (1 + alpha0) (1 / alpha0 + m n / nnz)
 * </pre>
 *
 * Rows that are longer than the average are held harder by MLlib, shorter ones less.
 *
 * @param alpha what a rating of 1 weighs more than nothing
 * @param regParam the ridge for each rating of a row
 * @param scale which MLlib's factors are multiplied by
 */
record MllibOptions(double alpha, double regParam, double scale) {
  /**
   * Of a matrix of ones.
   *
   * @param rows m, with no empty ones
   * @param columns n
   * @param touched nnz, at least 1
   */
  static MllibOptions of(ImplicitAlsOptions options, long rows, long columns, long touched) {
    double alpha0 = options.alpha0();
    double untouched = alpha0 * rows * columns / touched;
    return new MllibOptions(
        1 / alpha0,
        options.lambda() * (1 + alpha0) / alpha0 * options.ridge().of(1, untouched),
        1 / Math.sqrt(1 + alpha0));
  }
}
