// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.implicit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.mahout.math.DenseMatrix;
import org.apache.mahout.math.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.MahoutMatrices;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.Gram;
import org.neuralrescore.trainer.factors.NonNegativeLeastSquares;
import org.neuralrescore.trainer.factors.PlantedMatrix;
import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ImplicitFoldIn;

class ImplicitAlsTest {
  private static final int GROUPS = 4;
  private static final SparseMatrix PLANTED = PlantedMatrix.of(200, 120, GROUPS, 0.5, 0.01, 3);
  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults().withRank(GROUPS).withSweeps(25).withSeed(5);

  private static FactorResult fit(ImplicitAlsOptions options, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new ImplicitAls(options, workers).fit(PLANTED, Progress.none());
    }
  }

  @Test
  void fit_neverRaisesTheObjective() {
    List<Double> objective = fit(OPTIONS.withRank(10), 2).objective();
    assertEquals(25, objective.size());
    for (int sweep = 1; sweep < objective.size(); sweep++) {
      assertTrue(
          objective.get(sweep) <= objective.get(sweep - 1) * (1 + 1e-12),
          "sweep " + sweep + ": " + objective);
    }
  }

  @Test
  void fit_recoversPlantedGroups() {
    double[] items = fit(OPTIONS, 2).factors().columns();
    int[] factorOfGroup = new int[GROUPS];
    for (int item = 0; item < 120; item++) {
      int largest = 0;
      for (int f = 1; f < GROUPS; f++) {
        if (items[item * GROUPS + f] > items[item * GROUPS + largest]) {
          largest = f;
        }
      }
      if (item < GROUPS) {
        factorOfGroup[item] = largest;
      }
      assertEquals(factorOfGroup[item % GROUPS], largest, "item " + item);
    }
    assertEquals(GROUPS, Arrays.stream(factorOfGroup).distinct().count());
  }

  @Test
  void fit_givesTheSameBits_onAnyNumberOfThreads() {
    Factors one = fit(OPTIONS, 1).factors();
    for (int threads : new int[] {2, 4}) {
      Factors more = fit(OPTIONS, threads).factors();
      assertArrayEquals(one.rows(), more.rows());
      assertArrayEquals(one.columns(), more.columns());
    }
  }

  @Test
  void fit_isNonNegative_andOrderedByShare() {
    Factors factors = fit(OPTIONS.withRank(6), 2).factors();
    double[] shares = new double[6];
    double[] userSums = new double[6];
    for (int i = 0; i < factors.rows().length; i++) {
      assertTrue(factors.rows()[i] >= 0);
      userSums[i % 6] += factors.rows()[i];
    }
    for (int i = 0; i < factors.columns().length; i++) {
      assertTrue(factors.columns()[i] >= 0);
      shares[i % 6] += factors.columns()[i];
    }
    for (int f = 1; f < 6; f++) {
      assertTrue(userSums[f] * shares[f] <= userSums[f - 1] * shares[f - 1] * (1 + 1e-12));
    }
  }

  /** Solved whole and in blocks, which know their loss by other ways. */
  @ParameterizedTest
  @CsvSource({"ALL, 4", "ALL, 3", "TOUCHED, 4", "TOUCHED, 3"})
  void objective_equalsTheDenseSum(Ridge ridge, int block) {
    ImplicitAlsOptions options = OPTIONS.with().sweeps(3).ridge(ridge).block(block).build();
    FactorResult result = fit(options, 2);
    Matrix w = dense(result.factors().rows(), GROUPS);
    Matrix h = dense(result.factors().columns(), GROUPS);
    Matrix predicted = w.times(h.transpose());
    Matrix touched = MahoutMatrices.of(PLANTED);
    double loss = 0;
    double[] userWeights = new double[w.rowSize()];
    double[] itemWeights = new double[h.rowSize()];
    for (int u = 0; u < w.rowSize(); u++) {
      for (int i = 0; i < h.rowSize(); i++) {
        double a = touched.get(u, i);
        double p = predicted.get(u, i);
        loss += a * (1 - p) * (1 - p) + options.alpha0() * p * p;
        userWeights[u] += a;
        itemWeights[i] += a;
      }
    }
    for (int u = 0; u < w.rowSize(); u++) {
      double weight = userWeights[u] + untouched(options, h.rowSize());
      loss += options.lambda() * weight * w.viewRow(u).getLengthSquared();
    }
    for (int i = 0; i < h.rowSize(); i++) {
      double weight = itemWeights[i] + untouched(options, w.rowSize());
      loss += options.lambda() * weight * h.viewRow(i).getLengthSquared();
    }
    assertEquals(loss, result.objective().get(2), 1e-9 * loss);
  }

  private static double untouched(ImplicitAlsOptions options, int others) {
    return options.ridge() == Ridge.ALL ? options.alpha0() * others : 0;
  }

  @ParameterizedTest
  @EnumSource(Ridge.class)
  void foldIn_comesCloseToTheExactSolution(Ridge ridge) {
    ImplicitAlsOptions options = OPTIONS.withSweeps(60).withRidge(ridge);
    Factors factors = fit(options, 2).factors();
    FactorMatrix items = factors.columnMatrix();
    ImplicitFoldIn foldIn;
    try (Workers workers = new Workers(1)) {
      foldIn = new ImplicitAls(options, workers).foldIn(items, 48);
    }
    for (int u = 0; u < 20; u++) {
      int n = PLANTED.end(u) - PLANTED.start(u);
      float[] history = new float[n * GROUPS];
      float[] weights = new float[n];
      for (int i = 0; i < n; i++) {
        weights[i] = 1f;
        System.arraycopy(
            items.row(PLANTED.columns()[PLANTED.start(u) + i]), 0, history, i * GROUPS, GROUPS);
      }
      float[] encoded = foldIn.encode(history, weights);
      double[] exact = new double[GROUPS];
      solveExactly(foldIn, history, weights, exact);
      double distance = 0;
      double length = 0;
      for (int f = 0; f < GROUPS; f++) {
        distance += Math.pow(encoded[f] - exact[f], 2);
        length += exact[f] * exact[f];
      }
      assertTrue(Math.sqrt(distance / length) < 2e-3, "user " + u + ": " + distance / length);
    }
  }

  /** A row of it is what a user's vector is: the ridge of the factors is that of the encoder. */
  @ParameterizedTest
  @EnumSource(Ridge.class)
  void foldIn_ofWhatAUserTouched_isTheirRowOfTheFactors(Ridge ridge) {
    ImplicitAlsOptions options = OPTIONS.withSweeps(200).withRidge(ridge);
    try (Workers workers = new Workers(2)) {
      ImplicitAls als = new ImplicitAls(options, workers);
      Factors factors = als.fit(PLANTED, Progress.none()).factors();
      FactorMatrix items = factors.columnMatrix();
      ImplicitFoldIn foldIn = als.foldIn(items, 200);
      for (int u = 0; u < 20; u++) {
        int n = PLANTED.end(u) - PLANTED.start(u);
        float[] history = new float[n * GROUPS];
        float[] weights = new float[n];
        Arrays.fill(weights, 1f);
        for (int i = 0; i < n; i++) {
          System.arraycopy(
              items.row(PLANTED.columns()[PLANTED.start(u) + i]), 0, history, i * GROUPS, GROUPS);
        }
        float[] encoded = foldIn.encode(history, weights);
        for (int f = 0; f < GROUPS; f++) {
          assertEquals(factors.rows()[u * GROUPS + f], encoded[f], 2e-3);
        }
      }
    }
  }

  @Test
  void foldIn_ofAHistoryOfNoWeight_isNought() {
    try (Workers workers = new Workers(1)) {
      ImplicitFoldIn foldIn =
          new ImplicitAls(OPTIONS.withRidge(Ridge.TOUCHED), workers)
              .foldIn(new FactorMatrix(2, GROUPS, new float[2 * GROUPS]), 8);
      assertArrayEquals(new float[GROUPS], foldIn.encode(new float[GROUPS], new float[1]));
    }
  }

  private static void solveExactly(
      ImplicitFoldIn foldIn, float[] history, float[] weights, double[] x) {
    double[][] q = new double[GROUPS][GROUPS];
    double[] b = new double[GROUPS];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      double[] h = new double[GROUPS];
      for (int f = 0; f < GROUPS; f++) {
        h[f] = history[i * GROUPS + f];
      }
      Gram.addOuter(q, h, weights[i]);
      Gram.addScaled(b, weights[i], h);
      total += weights[i];
    }
    for (int f = 0; f < GROUPS; f++) {
      for (int g = 0; g < GROUPS; g++) {
        q[f][g] += foldIn.scaledGram()[f * GROUPS + g];
      }
      q[f][f] += foldIn.lambda() * (total + foldIn.unobserved());
    }
    new NonNegativeLeastSquares(GROUPS).solve(q, b, x, 0, 10_000, 1e-14);
  }

  private static Matrix dense(double[] values, int columns) {
    Matrix matrix = new DenseMatrix(values.length / columns, columns);
    for (int i = 0; i < values.length; i++) {
      matrix.set(i / columns, i % columns, values[i]);
    }
    return matrix;
  }
}
