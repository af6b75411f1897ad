package org.neuralrescore.trainer.scorer;

/**
 * One epoch of the scorer's training; epoch 0 is the calibrated dot product before any step.
 *
 * @param epoch from 0
 * @param loss mean logistic loss over the epoch's rows
 * @param validationNdcg NDCG at the cut-off on the validation users after the epoch
 */
public record EpochRecord(int epoch, double loss, double validationNdcg) {}
