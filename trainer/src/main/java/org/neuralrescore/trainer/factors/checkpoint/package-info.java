/**
 * Work under way, on disk: the state of a factorisation and the interactions that a run began with,
 * exact to the bit and checked when read. {@code tune} and {@code retrain} go on from them after a
 * kill; the steps themselves know nothing of it.
 */
package org.neuralrescore.trainer.factors.checkpoint;
