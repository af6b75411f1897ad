// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

/** Losses of one output, each with its derivative. */
public final class Losses {
  private Losses() {}

  /** {@code 1 / (1 + e^-x)}. */
  public static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The logistic loss of a logit; its derivative is {@code sigmoid(logit) - label}. */
  public static double logistic(double logit, boolean positive) {
    double wrong = positive ? -logit : logit;
    return Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
  }

  /**
   * Cross-entropy of {@code softmax(logits)} against labels that share the probability evenly.
   *
   * @param logits [classes]
   * @param labels distinct classes, at least one
   * @param delta [classes], overwritten with the derivative by the logits, {@code softmax - target}
   */
  public static double softmaxCrossEntropy(double[] logits, int[] labels, double[] delta) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      delta[c] = Math.exp(logits[c] - max);
      sum += delta[c];
    }
    for (int c = 0; c < logits.length; c++) {
      delta[c] /= sum;
    }
    double share = 1.0 / labels.length;
    double loss = 0;
    for (int label : labels) {
      loss -= share * (logits[label] - max - Math.log(sum));
      delta[label] -= share;
    }
    return loss;
  }
}
