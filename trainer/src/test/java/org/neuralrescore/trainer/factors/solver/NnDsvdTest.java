// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

class NnDsvdTest {

  private static RandomisedSvd svd(SparseMatrix matrix, int wanted) {
    try (Workers workers = new Workers(2)) {
      return new RandomisedSvd(matrix, wanted, 3, workers);
    }
  }

  @Property(tries = 60)
  void singularValues_ofSmallMatrices_areMahouts(
      @ForAll @IntRange(min = 1, max = 12) int rows,
      @ForAll @IntRange(min = 1, max = 12) int columns,
      @ForAll long seed) {
    SparseMatrix matrix = DenseReference.random(rows, columns, 0.6, seed);
    RandomisedSvd svd = svd(matrix, 8);
    double[] expected =
        new SingularValueDecomposition(new DenseMatrix(DenseReference.dense(matrix)))
            .getSingularValues();
    assertEquals(Math.min(8, Math.min(rows, columns)), svd.size());
    for (int i = 0; i < svd.size(); i++) {
      assertEquals(expected[i], svd.value(i), 1e-8 * (1 + expected[0]));
    }
  }

  @Test
  void triplets_ofAMatrixOfLowRank_satisfyTheirDefinition() {
    Planted planted = Planted.draw(300, 120, 5, 5);
    double[][] a = DenseReference.dense(planted.matrix());
    RandomisedSvd svd = svd(planted.matrix(), 5);
    for (int i = 0; i < 5; i++) {
      double[] u = svd.left(i);
      double[] v = svd.right(i);
      double[] product = new double[300];
      for (int r = 0; r < 300; r++) {
        for (int c = 0; c < 120; c++) {
          product[r] += a[r][c] * v[c];
        }
        product[r] /= svd.value(i);
      }
      assertArrayEquals(u, product, 1e-6);
      for (int j = 0; j < 5; j++) {
        assertEquals(
            i == j ? 1 : 0, DenseKernels.dot(u, 0, svd.left(j), 0, 300), 1e-9, i + ", " + j);
      }
    }
  }

  @Test
  void nndsvd_startsCloserThanARandomStart() {
    Planted planted = Planted.draw(80, 60, 5, 2);
    NmfOptions options = NmfOptions.defaults().withRank(5);
    try (Workers workers = new Workers(1)) {
      double random =
          DenseReference.objective(
              options, planted.matrix(), Start.of(options, planted.matrix(), workers));
      NmfOptions nndsvd = options.withInitialisation(Initialisation.NNDSVD);
      double head =
          DenseReference.objective(
              nndsvd, planted.matrix(), Start.of(nndsvd, planted.matrix(), workers));
      assertTrue(head < 0.5 * random, head + " against " + random);
    }
  }

  @Test
  void nndsvd_ofARankOneMatrix_isThatMatrix() {
    double[][] dense = new double[6][4];
    for (int r = 0; r < 6; r++) {
      for (int c = 0; c < 4; c++) {
        dense[r][c] = (r + 1) * (c + 2);
      }
    }
    SparseMatrix matrix = DenseReference.sparse(dense);
    NmfOptions options =
        NmfOptions.defaults().withRank(1).withInitialisation(Initialisation.NNDSVD);
    try (Workers workers = new Workers(1)) {
      NmfState state = Start.of(options, matrix, workers);
      for (int r = 0; r < 6; r++) {
        for (int c = 0; c < 4; c++) {
          assertEquals(dense[r][c], DenseReference.predict(state, r, c), 1e-9);
        }
      }
    }
  }

  @Test
  void nndsvda_leavesNoZeros_andNndsvdDoes() {
    SparseMatrix matrix = DenseReference.random(30, 20, 0.2, 9);
    NmfOptions options = NmfOptions.defaults().withRank(6);
    try (Workers workers = new Workers(1)) {
      assertTrue(
          zeros(Start.of(options.withInitialisation(Initialisation.NNDSVD), matrix, workers)) > 0);
      assertEquals(
          0, zeros(Start.of(options.withInitialisation(Initialisation.NNDSVDA), matrix, workers)));
    }
  }

  private static int zeros(NmfState state) {
    int zeros = 0;
    for (double value : state.rows()) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }
}
