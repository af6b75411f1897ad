// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * {@code x_f <- max(0, x_f - ((x G)_f - (A y)_f + l1 + l2 x_f) / (G_ff + l2))}, {@code G = Y'Y},
 * factor by factor (Cichocki and Phan 2009), in several passes on one product {@code A y} (Gillis
 * and Glineur 2012, sections 4.1 and 4.2): at most {@code 1 + alpha rho} of them, where {@code rho}
 * is the price of the products over that of a pass, and fewer where a pass moves a block's entries
 * by less than a tenth of what its first pass did.
 *
 * <p>Rows are independent, so they are updated in blocks of 64 that lie side by side, one factor
 * behind the other: every inner loop then runs over 64 neighbours.
 */
final class AcceleratedHals implements HalfSweep {
  private static final int BLOCK = 64;
  private static final double ALPHA = 0.5;
  private static final double EPSILON = 0.1;

  private final int rank;
  private final boolean accelerated;
  private final SparseProduct products;
  private final ScratchPool<Block> blocks;

  private AcceleratedHals(int rank, boolean accelerated) {
    this.rank = rank;
    this.accelerated = accelerated;
    this.products = new SparseProduct(rank);
    this.blocks = new ScratchPool<>(() -> new Block(rank));
  }

  /** HALS: one pass on each product. */
  static AcceleratedHals onePass(int rank) {
    return new AcceleratedHals(rank, false);
  }

  /** A-HALS: as many passes as the price of the product pays for. */
  static AcceleratedHals accelerated(int rank) {
    return new AcceleratedHals(rank, true);
  }

  @Override
  public double improve(
      MatrixSide side,
      double[] x,
      double[] y,
      double[] summary,
      Penalty penalty,
      boolean fit,
      Workers workers) {
    SparseMatrix matrix = side.matrix();
    int passes = accelerated ? passes(matrix) : 1;
    double[] steps = steps(summary, penalty);
    products.take(y, workers);
    return side.sum(
        workers,
        (from, to) -> {
          Block block = blocks.borrow();
          double total = 0;
          for (int row = from; row < to; row += BLOCK) {
            int size = Math.min(BLOCK, to - row);
            block.load(matrix, products, row, size, x, penalty.l1());
            block.descend(summary, penalty.l2(), steps, passes);
            total += block.fit(penalty.l1());
            block.store(x, row);
          }
          blocks.giveBack(block);
          return total;
        });
  }

  /** {@code 1 + alpha rho} with the paper's counts, products and Gram matrix over one pass. */
  private int passes(SparseMatrix matrix) {
    double product = matrix.size() + (double) matrix.columnCount() * rank;
    double pass = (double) Math.max(1, matrix.rowCount()) * (rank + 1);
    return (int) (1 + ALPHA * (1 + product / pass));
  }

  /** {@code 1 / (G_ff + l2)}; 0 for a factor that the fixed side does not use, which then rests. */
  private double[] steps(double[] gram, Penalty penalty) {
    double[] steps = new double[rank];
    for (int f = 0; f < rank; f++) {
      double curvature = gram[f * rank + f] + penalty.l2();
      steps[f] = curvature > 0 ? 1 / curvature : 0;
    }
    return steps;
  }

  /** Up to 64 rows of the product and of x, one array a factor. */
  private static final class Block {
    private final int rank;
    private final double[] row;
    private final double[][] product;
    private final double[][] x;
    private final double[] gradient = new double[BLOCK];
    private final double[] moved = new double[BLOCK];
    private int n;

    Block(int rank) {
      this.rank = rank;
      row = new double[rank];
      product = new double[rank][BLOCK];
      x = new double[rank][BLOCK];
    }

    void load(
        SparseMatrix matrix,
        SparseProduct products,
        int from,
        int size,
        double[] factor,
        double l1) {
      n = size;
      for (int r = 0; r < n; r++) {
        products.row(matrix, from + r, row);
        for (int f = 0; f < rank; f++) {
          product[f][r] = row[f] - l1;
          x[f][r] = factor[(from + r) * rank + f];
        }
      }
    }

    void descend(double[] gram, double l2, double[] steps, int passes) {
      double firstMove = 0;
      for (int pass = 0; pass < passes; pass++) {
        Arrays.fill(moved, 0.0);
        for (int f = 0; f < rank; f++) {
          start(gradient, product[f], l2, x[f], n);
          DenseKernels.combine(gradient, gram, f * rank, x, n);
          step(gradient, steps[f], x[f], n);
          addSquaredDistance(moved, gradient, x[f], n);
          System.arraycopy(gradient, 0, x[f], 0, n);
        }
        double move = DenseKernels.sum(moved, 0, n);
        if (pass == 0) {
          firstMove = move;
        }
        if (move <= EPSILON * EPSILON * firstMove) {
          return;
        }
      }
    }

    private static void start(double[] gradient, double[] product, double l2, double[] x, int n) {
      for (int r = 0; r < n; r++) {
        gradient[r] = l2 * x[r] - product[r];
      }
    }

    /** Puts the new value where the gradient was: a loop that stores to two arrays stays scalar. */
    private static void step(double[] gradient, double step, double[] x, int n) {
      for (int r = 0; r < n; r++) {
        gradient[r] = Math.max(0.0, x[r] - step * gradient[r]);
      }
    }

    private static void addSquaredDistance(double[] sum, double[] x, double[] y, int n) {
      for (int r = 0; r < n; r++) {
        sum[r] += (x[r] - y[r]) * (x[r] - y[r]);
      }
    }

    double fit(double l1) {
      double sum = 0;
      for (int f = 0; f < rank; f++) {
        sum += DenseKernels.dot(product[f], 0, x[f], 0, n);
        if (l1 != 0) {
          sum += l1 * DenseKernels.sum(x[f], 0, n);
        }
      }
      return sum;
    }

    void store(double[] factor, int from) {
      for (int r = 0; r < n; r++) {
        for (int f = 0; f < rank; f++) {
          factor[(from + r) * rank + f] = x[f][r];
        }
      }
    }
  }
}
