/**
 * Non-negative factors of a sparse matrix of users and items. Reads the {@code data}'s matrix,
 * hands on {@link org.neuralrescore.trainer.factors.Factors} and the fold-in that belongs to them;
 * knows nothing of networks.
 *
 * <p>{@link org.neuralrescore.trainer.factors.ImplicitAls} alternates exact non-negative
 * least-squares problems, one a row, on {@link
 * org.neuralrescore.trainer.factors.NonNegativeLeastSquares}.
 */
package org.neuralrescore.trainer.factors;
