/**
 * Losses in which all cells weigh the same, Kullback-Leibler and squared error, over the engine of
 * {@code solver}.
 */
package org.neuralrescore.trainer.factors.classical;
