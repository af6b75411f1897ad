// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/** {@code log(1 + e^x)} without overflow: the logistic loss of a logit with the wrong sign. */
final class Softplus {
  private Softplus() {}

  static double of(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
