/**
 * Non-negative factors of a sparse matrix of users and items. Reads the {@code data}'s matrix,
 * hands on {@link org.neuralrescore.trainer.factors.Factors} and the fold-in that belongs to them;
 * knows nothing of networks.
 *
 * <p>A method is a room: a record of {@link org.neuralrescore.trainer.factors.FactorOptions} that
 * makes its {@link org.neuralrescore.trainer.factors.FactorSolver}, and a constant {@link
 * org.neuralrescore.trainer.factors.FactorMethod} that says how a person names it and what it
 * takes. {@code implicit}, {@code distilled}, {@code classical} and {@code session} are such rooms;
 * {@code methods} lists them, a line each. Here stands what all of them share: the contract, the
 * model, the encoders of users.
 */
package org.neuralrescore.trainer.factors;
