/**
 * The weighted implicit loss: exact non-negative least-squares problems, one a row, or iALS++ in
 * blocks, and the same under differential privacy.
 */
package org.neuralrescore.trainer.factors.implicit;
