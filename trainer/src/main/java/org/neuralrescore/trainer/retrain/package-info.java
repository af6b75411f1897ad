/**
 * Retraining that can be left alone: read the newest interactions, train from the last generation's
 * factors, compare the deployed model with the new one on the same newer cases, publish where it is
 * not worse, write it down. Each phase leaves a checkpoint, so a run that was killed goes on where
 * it stood and ends with the same bundle, byte for byte.
 *
 * <p>Last in the flow: calls {@code data}, {@code release} and {@code publish} once each. {@link
 * org.neuralrescore.trainer.retrain.Retraining} is the way in.
 */
package org.neuralrescore.trainer.retrain;
