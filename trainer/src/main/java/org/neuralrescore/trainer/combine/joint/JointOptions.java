// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.neuralrescore.trainer.scorer.NegativeSampling;

/**
 * Options of joint and multi-task training.
 *
 * @param weights of the losses, default reconstruction 1 and score 1
 * @param users where user vectors come from, default embedded
 * @param hidden widths of the score's and the rating's hidden layers, default 64, 32; empty: the
 *     dot path alone
 * @param categoryHidden widths of the category head's hidden layers, default 64
 * @param epochs passes at most, default 12
 * @param patience epochs without a better validation figure before training stops, default 3
 * @param factorRate learning rate of factor rows, default 0.002; 0 leaves them as they are
 * @param networkRate learning rate of the networks, default 0.001
 * @param weightDecay decoupled, on network weights, default 0.01
 * @param negatives sampled items a positive, default 4
 * @param batchPositives positives a step, default 512
 * @param maxExamples positives an epoch at most, default 200000
 */
@RecordBuilder
public record JointOptions(
    TaskWeights weights,
    UserSide users,
    List<Integer> hidden,
    List<Integer> categoryHidden,
    int epochs,
    int patience,
    double factorRate,
    double networkRate,
    double weightDecay,
    int negatives,
    int batchPositives,
    int maxExamples)
    implements JointOptionsBuilder.With {
  /** The score's log-odds are those of a full ranking only over uniform negatives. */
  static final NegativeSampling SAMPLING = NegativeSampling.UNIFORM;

  public JointOptions {
    hidden = List.copyOf(hidden);
    categoryHidden = List.copyOf(categoryHidden);
    if (epochs < 1 || patience < 1 || negatives < 1 || batchPositives < 1 || maxExamples < 1) {
      throw new IllegalArgumentException(
          "joint training expects epochs, patience, negatives, batch and examples of at least 1, got "
              + List.of(epochs, patience, negatives, batchPositives, maxExamples));
    }
    if (!(factorRate >= 0) || !(networkRate > 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "joint training expects a network rate above 0, and a factor rate and weight decay of at"
              + " least 0, got "
              + factorRate
              + ", "
              + networkRate
              + ", "
              + weightDecay);
    }
  }

  /** The documented defaults: joint training of embedded users. */
  public static JointOptions defaults() {
    return new JointOptions(
        TaskWeights.joint(1),
        UserSide.EMBEDDED,
        List.of(64, 32),
        List.of(64),
        12,
        3,
        2e-3,
        1e-3,
        1e-2,
        4,
        512,
        200_000);
  }

  /** The same with another bound on epochs and another patience. */
  public JointOptions withEpochs(int most, int patient) {
    return with().epochs(most).patience(patient).build();
  }

  /**
   * What finishes a scorer over factors that stay: folded users, and the score as the only task.
   * Starts from where the joint training left the network.
   */
  public JointOptions finishing() {
    return withWeights(new TaskWeights(0, 1, 0, 0))
        .withUsers(UserSide.FOLDED)
        .withRates(0, networkRate)
        .withEpochs(Math.min(epochs, 4), Math.min(patience, 2));
  }

  /** The same with other learning rates. */
  public JointOptions withRates(double factors, double networks) {
    return with().factorRate(factors).networkRate(networks).build();
  }
}
