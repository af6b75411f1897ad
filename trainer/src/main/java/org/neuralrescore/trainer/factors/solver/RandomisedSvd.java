// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.SplittableRandom;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.SingularValueDecomposition;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * The leading singular triplets of a sparse matrix by a random range finder with power iterations
 * (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1): A is only ever multiplied by tall
 * thin matrices, and what is left, small and square, goes to Mahout's singular value decomposition.
 */
final class RandomisedSvd {
  private static final int OVERSAMPLING = 10;
  private static final int POWER_ITERATIONS = 4;

  private final int size;
  private final int rows;
  private final int columns;
  private final double[] left;
  private final double[] right;
  private final double[] values;

  /**
   * Decomposes.
   *
   * @param wanted triplets; fewer come where A has fewer rows or columns
   * @param seed of the random range
   */
  RandomisedSvd(SparseMatrix matrix, int wanted, long seed, Workers workers) {
    rows = matrix.rowCount();
    columns = matrix.columnCount();
    int width = Math.min(wanted + OVERSAMPLING, Math.min(rows, columns));
    size = Math.min(wanted, width);
    MatrixSide a = new MatrixSide(matrix);
    MatrixSide transposed = new MatrixSide(matrix.transpose());
    double[] range = gaussian(columns, width, seed);
    double[] q = orthonormal(product(a, range, width, workers), width);
    for (int i = 0; i < POWER_ITERATIONS; i++) {
      double[] back = orthonormal(product(transposed, q, width, workers), width);
      q = orthonormal(product(a, back, width, workers), width);
    }
    // A ~ Q B with B' = A'Q = P R: the decomposition of R, [width x width], gives the rest.
    double[] b = product(transposed, q, width, workers);
    double[] p = orthonormal(b, width);
    SingularValueDecomposition small =
        new SingularValueDecomposition(new DenseMatrix(transposedProduct(p, b, width)));
    // B' = P R = P U S V', so A = Q B = (Q V) S (P U)'.
    left = rotate(q, small.getV(), width);
    right = rotate(p, small.getU(), width);
    values = small.getSingularValues();
  }

  /** Triplets. */
  int size() {
    return size;
  }

  /** The singular values, largest first. */
  double value(int index) {
    return values[index];
  }

  /** A left singular vector, [rows], new. */
  double[] left(int index) {
    return column(left, rows, index);
  }

  /** A right singular vector, [columns], new. */
  double[] right(int index) {
    return column(right, columns, index);
  }

  private double[] column(double[] matrix, int length, int index) {
    double[] column = new double[length];
    int width = length == 0 ? 0 : matrix.length / length;
    for (int i = 0; i < length; i++) {
      column[i] = matrix[i * width + index];
    }
    return column;
  }

  private static double[] gaussian(int rows, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] matrix = new double[Math.multiplyExact(rows, width)];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = random.nextGaussian();
    }
    return matrix;
  }

  private static double[] product(MatrixSide side, double[] y, int width, Workers workers) {
    SparseMatrix matrix = side.matrix();
    double[] product = new double[Math.multiplyExact(matrix.rowCount(), width)];
    SparseProduct products = new SparseProduct(width);
    products.take(y, workers);
    side.sum(
        workers,
        (from, to) -> {
          double[] out = new double[width];
          for (int row = from; row < to; row++) {
            products.row(matrix, row, out);
            System.arraycopy(out, 0, product, row * width, width);
          }
          return 0;
        });
    return product;
  }

  /**
   * An orthonormal basis of a tall matrix's columns by modified Gram-Schmidt, done twice ("twice is
   * enough"); a column that depends on those before it becomes zero.
   */
  private static double[] orthonormal(double[] tall, int width) {
    int length = width == 0 ? 0 : tall.length / width;
    double[] columns = new double[tall.length];
    for (int i = 0; i < length; i++) {
      for (int c = 0; c < width; c++) {
        columns[c * length + i] = tall[i * width + c];
      }
    }
    for (int c = 0; c < width; c++) {
      double original = norm(columns, c * length, length);
      for (int pass = 0; pass < 2; pass++) {
        for (int d = 0; d < c; d++) {
          double share = DenseKernels.dot(columns, d * length, columns, c * length, length);
          DenseKernels.axpy(columns, c * length, -share, columns, d * length, length);
        }
      }
      double rest = norm(columns, c * length, length);
      double scale = rest > 1e-12 * original ? 1 / rest : 0;
      for (int i = 0; i < length; i++) {
        columns[c * length + i] *= scale;
      }
    }
    double[] basis = new double[tall.length];
    for (int i = 0; i < length; i++) {
      for (int c = 0; c < width; c++) {
        basis[i * width + c] = columns[c * length + i];
      }
    }
    return basis;
  }

  private static double norm(double[] x, int offset, int length) {
    return Math.sqrt(DenseKernels.dot(x, offset, x, offset, length));
  }

  private static double[][] transposedProduct(double[] x, double[] y, int width) {
    double[][] product = new double[width][width];
    for (int row = 0; row < x.length; row += width) {
      for (int f = 0; f < width; f++) {
        DenseKernels.axpy(product[f], 0, x[row + f], y, row, width);
      }
    }
    return product;
  }

  private static double[] rotate(double[] x, Matrix rotation, int width) {
    double[] flat = new double[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        flat[i * width + j] = rotation.get(i, j);
      }
    }
    double[] rotated = new double[x.length];
    for (int row = 0; row < x.length; row += width) {
      for (int f = 0; f < width; f++) {
        DenseKernels.axpy(rotated, row, x[row + f], flat, f * width, width);
      }
    }
    return rotated;
  }
}
