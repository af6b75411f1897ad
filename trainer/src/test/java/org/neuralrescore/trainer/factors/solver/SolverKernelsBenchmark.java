// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.concurrent.TimeUnit;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.bench.speed.PowerLawMatrix;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The classical solvers' half-sweeps and products on one thread: 100,000 non-zeros, rank 32. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SolverKernelsBenchmark {
  private static final int RANK = 32;

  private final SparseMatrix matrix = PowerLawMatrix.generate(2_000, 1_000, 100_000, 1);
  private final double[] row = new double[RANK];
  private Workers workers;
  private SparseProduct product;
  private MatrixSide side;
  private NmfState start;
  private double[] gram;
  private double[] sums;
  private HalfSweep hals;
  private HalfSweep klCoordinates;

  /** The start of every invocation is the same, so that no solver comes to rest. */
  @Setup
  public void setUp() {
    workers = new Workers(1);
    product = new SparseProduct(RANK);
    side = new MatrixSide(matrix);
    start = Start.of(NmfOptions.defaults().withRank(RANK), matrix, workers);
    product.take(start.columns(), workers);
    gram = NmfLoss.SQUARED_ERROR.summary(start.columns(), RANK, workers);
    sums = NmfLoss.KULLBACK_LEIBLER.summary(start.columns(), RANK, workers);
    hals = NmfSolver.HALS.halfSweep(RANK);
    klCoordinates = NmfSolver.KL_COORDINATE_DESCENT.halfSweep(RANK);
  }

  @TearDown
  public void tearDown() {
    workers.close();
  }

  /** {@code A Y}, all rows. */
  @Benchmark
  public double sparseTimesDense() {
    double sum = 0;
    for (int r = 0; r < matrix.rowCount(); r++) {
      product.row(matrix, r, row);
      sum += row[0];
    }
    return sum;
  }

  /** {@code Y'Y}. */
  @Benchmark
  public double[] gram() {
    return FactorSummary.gram(start.columns(), RANK, workers);
  }

  /** Rows of W by HALS, their products included. */
  @Benchmark
  public double halsRows() {
    return improve(hals, gram);
  }

  /** Rows of W by coordinate descent for Kullback-Leibler. */
  @Benchmark
  public double klCoordinateRows() {
    return improve(klCoordinates, sums);
  }

  private double improve(HalfSweep sweep, double[] summary) {
    double[] w = start.rows().clone();
    return sweep.improve(side, w, start.columns(), summary, Penalty.NONE, true, workers);
  }
}
