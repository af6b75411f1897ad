/**
 * The neural scorer {@code a <user, item> + c + MLP([user; item; user * item; x; q; r; r * item])},
 * trained on who touched what next. Takes finished factors and the history encoder from {@code
 * factors}, what is known of items (x) from {@code feature} and of the request (q) with the
 * examples; hands on {@link org.neuralrescore.trainer.model.ScorerWeights}; knows nothing of files
 * or ONNX.
 *
 * <p>The network's last layer starts at zero and the dot path starts calibrated, so training begins
 * at the plain dot product and leaves it only where the data says so.
 */
package org.neuralrescore.trainer.scorer;
