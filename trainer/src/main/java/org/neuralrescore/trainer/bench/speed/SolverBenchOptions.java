// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import org.neuralrescore.trainer.factors.solver.NmfOptions;

/**
 * What {@link SolverBench} measures.
 *
 * @param rows of the generated matrix, default 20,000
 * @param columns of the generated matrix, default 10,000
 * @param nonZeros of the generated matrix, default 1,000,000
 * @param rank k, default 32
 * @param threads default 2
 * @param runs of everything, both sides in each; medians are over these; default 3
 * @param sweeps timed in each run, behind three that warm the compiler up, default 10
 * @param scikitIterations after which scikit-learn's objective is the goal, default 50; 0 leaves
 *     the comparison out
 * @param seed of the matrix and the start, default 42
 */
public record SolverBenchOptions(
    int rows,
    int columns,
    int nonZeros,
    int rank,
    int threads,
    int runs,
    int sweeps,
    int scikitIterations,
    long seed) {
  public SolverBenchOptions {
    if (rank < 1 || threads < 1 || runs < 1 || sweeps < 1 || scikitIterations < 0) {
      throw new IllegalArgumentException(
          "solver bench expects rank, threads, runs and sweeps of at least 1, got "
              + rank
              + ", "
              + threads
              + ", "
              + runs
              + ", "
              + sweeps);
    }
    PowerLawMatrix.require(rows, columns, nonZeros);
  }

  /** The documented defaults: those of the figures in the project's documents. */
  public static SolverBenchOptions defaults() {
    return new SolverBenchOptions(20_000, 10_000, 1_000_000, 32, 2, 3, 10, 50, 42L);
  }

  /** The solver's options for these, on a fixed number of sweeps. */
  NmfOptions nmf(int atMost) {
    return NmfOptions.defaults().withRank(rank).withSweeps(atMost).withTolerance(0).withSeed(seed);
  }
}
