/**
 * The classical solvers of {@code A ~ W H'}, W and H non-negative, for a sparse A: generalised
 * Kullback-Leibler and squared error, with L1 and L2 on each factor. Reads the {@code data}'s
 * matrix and hands on the factors; the weighted implicit loss is next door in {@code factors}.
 *
 * <p>{@link org.neuralrescore.trainer.factors.solver.Nmf} drives: a start ({@link
 * org.neuralrescore.trainer.factors.solver.Initialisation}), then sweeps of two half-sweeps, W
 * given H and H given W by the same code on the transposed matrix. Each half-sweep treats its rows
 * one by one, since given the other side they are independent, and none forms a dense product:
 * O(nnz k) for Kullback-Leibler, O(nnz k + (m + n) k^2) for squared error. The objective never
 * rises.
 */
package org.neuralrescore.trainer.factors.solver;
