/**
 * Speed of training, measured so that anyone can measure it again: generated matrices, whole sweeps
 * of the solvers, and scikit-learn beside them in the same run. Stands beside the flow; the command
 * line calls it.
 */
package org.neuralrescore.trainer.bench.speed;
