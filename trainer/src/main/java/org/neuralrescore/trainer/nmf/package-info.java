/**
 * Non-negative factors of a sparse matrix of users and items. Reads the {@code dataset}'s matrix,
 * hands on {@link org.neuralrescore.trainer.nmf.Factors} and the fold-in that belongs to them;
 * knows nothing of networks.
 *
 * <p>{@link org.neuralrescore.trainer.nmf.ImplicitAls} alternates exact non-negative least-squares
 * problems, one a row, on {@link org.neuralrescore.trainer.nmf.NonNegativeLeastSquares}.
 */
package org.neuralrescore.trainer.nmf;
