// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

/**
 * One epoch of joint training.
 *
 * @param epoch from 1
 * @param losses means of the epoch, task by task
 * @param networkNdcg validation NDCG of the joint score over folded users
 * @param dotNdcg validation NDCG of the plain dot product over the same factors and users
 */
public record JointEpoch(int epoch, TaskLosses losses, double networkNdcg, double dotNdcg) {
  /** The figure that stops training: the better of the two. */
  public double ndcg() {
    return Math.max(networkNdcg, dotNdcg);
  }
}
