// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LossesTest {
  @Test
  void softmaxCrossEntropy_derivative_isTheSlope() {
    double[] logits = {0.3, -1.2, 2.0, 0.1};
    int[] labels = {1, 3};
    double[] delta = new double[4];
    Losses.softmaxCrossEntropy(logits, labels, delta);

    FiniteDifferences.assertGradient(
        logits, delta, () -> Losses.softmaxCrossEntropy(logits, labels, new double[4]));
  }

  @Test
  void softmaxCrossEntropy_ofHugeLogits_staysFinite() {
    double loss =
        Losses.softmaxCrossEntropy(new double[] {1000, -1000}, new int[] {1}, new double[2]);

    assertEquals(2000, loss, 1e-9);
  }

  @Test
  void logistic_derivative_isSigmoidMinusLabel() {
    for (boolean positive : new boolean[] {true, false}) {
      double[] logit = {0.7};
      double[] delta = {Losses.sigmoid(0.7) - (positive ? 1 : 0)};
      FiniteDifferences.assertGradient(logit, delta, () -> Losses.logistic(logit[0], positive));
    }
  }

  @Test
  void logistic_ofAHugeWrongLogit_isItsSize() {
    assertEquals(800, Losses.logistic(-800, true), 1e-9);
  }
}
