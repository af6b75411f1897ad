/**
 * The trained model as values, and its exact arithmetic: factor matrices with their ids, the
 * scorer's weights, the fold-in. Every later step (evaluation, ONNX export, parity rows) computes
 * with these and with nothing else, so there is one definition of a score.
 *
 * <p>Stands between training and serving: {@code factors} and {@code scorer} make these values,
 * {@code eval}, {@code onnx} and {@code bundle} read them. Knows neither.
 */
package org.neuralrescore.trainer.model;
