// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/**
 * One epoch of the scorer's training.
 *
 * @param epoch from 1
 * @param loss mean logistic loss over the epoch's rows
 * @param validationNdcg NDCG at the cut-off on a draw of validation users after the epoch
 */
public record EpochRecord(int epoch, double loss, double validationNdcg) {}
