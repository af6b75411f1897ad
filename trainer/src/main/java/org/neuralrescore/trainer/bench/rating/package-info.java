/**
 * Explicit ratings: scaled to [0, 1], factorised with biases under a non-negativity constraint, and
 * measured by the error of held-out ratings. Reads the {@code data}; ranks nothing and ships
 * nothing, it answers how well factors predict stars.
 */
package org.neuralrescore.trainer.bench.rating;
