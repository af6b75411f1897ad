// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.apache.mahout.math.QRDecomposition;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.MahoutMatrices;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

class NeighbourWeightsTest {
  private static final int ITEMS = 24;

  /** Rows of values from 0.5 to 2, the last item untouched. */
  private static SparseMatrix rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] starts = new int[count + 1];
    int[] columns = new int[count * ITEMS];
    float[] values = new float[columns.length];
    int n = 0;
    for (int r = 0; r < count; r++) {
      for (int c = 0; c < ITEMS - 1; c++) {
        if (random.nextDouble() < (c % 3 == r % 3 ? 0.5 : 0.1)) {
          columns[n] = c;
          values[n++] = 0.5f + 1.5f * (float) random.nextDouble();
        }
      }
      starts[r + 1] = n;
    }
    return new SparseMatrix(ITEMS, starts, Arrays.copyOf(columns, n), Arrays.copyOf(values, n));
  }

  @Test
  void weights_areThoseOfTheRegression_positiveAndOffTheDiagonal() {
    SparseMatrix rows = rows(80, 4);
    NeighbourWeights learned;
    try (Workers workers = new Workers(2)) {
      learned = NeighbourWeights.of(rows, new NeighbourOptions(3, ITEMS, ITEMS), workers);
    }
    Matrix x = MahoutMatrices.of(rows);
    Matrix gram = x.transpose().times(x);
    double squares = 0;
    for (float value : rows.values()) {
      squares += (double) value * value;
    }
    // Three cells, of which each is a little more than 1.
    double lambda = 3 * squares / rows.size();
    assertTrue(lambda > 3);
    DenseMatrix identity = new DenseMatrix(ITEMS, ITEMS);
    for (int i = 0; i < ITEMS; i++) {
      gram.set(i, i, gram.get(i, i) + lambda);
      identity.set(i, i, 1);
      assertEquals(gram.get(i, i), learned.mass()[i], 1e-4);
    }
    Matrix p = new QRDecomposition(gram).solve(identity);
    double[][] actual = dense(learned.weights());
    int positive = 0;
    for (int i = 0; i < ITEMS; i++) {
      for (int j = 0; j < ITEMS; j++) {
        double expected = i == j ? 0 : Math.max(0, -p.get(i, j) / p.get(j, j));
        assertEquals(expected, actual[i][j], 1e-5, i + " to " + j);
        positive += expected > 0 ? 1 : 0;
      }
    }
    assertTrue(positive > ITEMS, "the test has weights to compare: " + positive);
  }

  @Test
  void weights_keepTheLargestIntoEachItem() {
    SparseMatrix rows = rows(80, 4);
    try (Workers workers = new Workers(3)) {
      double[][] all =
          dense(
              NeighbourWeights.of(rows, new NeighbourOptions(3, ITEMS, ITEMS), workers).weights());
      double[][] three =
          dense(NeighbourWeights.of(rows, new NeighbourOptions(3, 3, ITEMS), workers).weights());
      for (int j = 0; j < ITEMS; j++) {
        double[] column = new double[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
          column[i] = all[i][j];
        }
        Arrays.sort(column);
        for (int i = 0; i < ITEMS; i++) {
          double expected = all[i][j] >= Math.max(column[ITEMS - 3], 1e-30) ? all[i][j] : 0;
          assertEquals(expected, three[i][j], i + " to " + j);
        }
      }
    }
  }

  @Test
  void weights_ofTheCommonestItemsOnly() {
    try (Workers workers = new Workers(1)) {
      SparseMatrix weights =
          NeighbourWeights.of(rows(80, 4), new NeighbourOptions(3, 50, 5), workers).weights();
      long items = Arrays.stream(weights.columns()).distinct().count();
      assertTrue(items > 1 && items <= 5, items + " items");
    }
  }

  @Test
  void inverse_isTheSameFromBothSides_ofSomeColumns() {
    SparseMatrix x = rows(40, 9);
    CommonItems items = CommonItems.of(new int[] {3, 4, 9, 17, 20, 21, 22}, x.columnCount());
    try (Workers workers = new Workers(2)) {
      double[][] byItems = EaseInverse.ofItems(x, items, 7, workers);
      double[][] byUsers = EaseInverse.ofUsers(x, items, 7, workers);
      for (int i = 0; i < items.size(); i++) {
        assertArrayEquals(byItems[i], byUsers[i], 1e-9);
      }
    }
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> new NeighbourOptions(0, 50, 6000));
    assertThrows(IllegalArgumentException.class, () -> new NeighbourOptions(30, 0, 6000));
    assertThrows(IllegalArgumentException.class, () -> new NeighbourOptions(Double.NaN, 1, 1));
  }

  private static double[][] dense(SparseMatrix matrix) {
    double[][] dense = new double[matrix.rowCount()][matrix.columnCount()];
    for (int r = 0; r < dense.length; r++) {
      for (int p = matrix.start(r); p < matrix.end(r); p++) {
        dense[r][matrix.columns()[p]] = matrix.values()[p];
      }
    }
    return dense;
  }
}
