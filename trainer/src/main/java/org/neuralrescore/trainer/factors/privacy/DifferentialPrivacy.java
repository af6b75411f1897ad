// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.privacy;

/**
 * A promise to every user: with or without all that this user ever did, what leaves the trainer is
 * nearly as likely, {@code P(out | with) <= e^epsilon P(out | without) + delta}, and the reverse.
 *
 * @param epsilon above 0
 * @param delta above 0 and below 1; well below one over the number of users
 * @param clipNorm what a user vector's length is cut to, default 1
 * @param clipInteractions how many interactions of a user count, default 50
 * @param secret of the noise; whoever knows it can undo the noise. Drawn afresh unless told
 */
public record DifferentialPrivacy(
    double epsilon, double delta, double clipNorm, int clipInteractions, String secret) {
  public DifferentialPrivacy {
    GaussianBudget.of(epsilon, delta);
    if (!(clipNorm > 0) || Double.isInfinite(clipNorm) || clipInteractions < 1) {
      throw new IllegalArgumentException(
          "differential privacy expects a clip norm above 0 and at least 1 interaction a user, got "
              + clipNorm
              + ", "
              + clipInteractions);
    }
  }

  /** All that may be spent. */
  public GaussianBudget budget() {
    return GaussianBudget.of(epsilon, delta);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "epsilon "
        + epsilon
        + ", delta "
        + delta
        + ", clip norm "
        + clipNorm
        + ", clip interactions "
        + clipInteractions;
  }
}
