/**
 * Feed-forward networks for the combinations: shape, backpropagation to parameters and to inputs,
 * losses, and Adam for dense parameters and for rows of a factor matrix. In double, one thread an
 * instance; {@code joint} and {@code content} build on it and it knows neither. The {@code scorer}
 * has a float kernel of its own, made for speed over fixed factors.
 */
package org.neuralrescore.trainer.scorer.network;
