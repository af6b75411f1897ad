// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.factors.Ridge;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

/** The derivation in {@link MllibOptions}, in numbers: both losses differ by a line. */
class MllibOptionsTest {
  private static final int ROWS = 7;
  private static final int COLUMNS = 5;

  /** Every row with a different number of ones, the sum of all being {@code touched}. */
  private static final boolean[][] TOUCHED = touched();

  private static boolean[][] touched() {
    boolean[][] touched = new boolean[ROWS][COLUMNS];
    for (int u = 0; u < ROWS; u++) {
      for (int i = 0; i < COLUMNS; i++) {
        touched[u][i] = (u * 3 + i * 5) % (2 + u % 3) == 0;
      }
    }
    return touched;
  }

  private static double cells(double[][] product, double alpha0) {
    double loss = 0;
    for (int u = 0; u < ROWS; u++) {
      for (int i = 0; i < COLUMNS; i++) {
        double p = product[u][i];
        loss += (TOUCHED[u][i] ? (1 - p) * (1 - p) : 0) + alpha0 * p * p;
      }
    }
    return loss;
  }

  private static double mllibCells(double[][] product, double alpha, double scale) {
    double loss = 0;
    for (int u = 0; u < ROWS; u++) {
      for (int i = 0; i < COLUMNS; i++) {
        // Factors are MLlib's times the scale, so products are MLlib's times its square.
        double q = product[u][i] / (scale * scale);
        loss += TOUCHED[u][i] ? (1 + alpha) * (1 - q) * (1 - q) : q * q;
      }
    }
    return loss;
  }

  private static double[][] product(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] product = new double[ROWS][COLUMNS];
    for (double[] row : product) {
      for (int i = 0; i < COLUMNS; i++) {
        row[i] = random.nextDouble();
      }
    }
    return product;
  }

  @Test
  void losses_differByAFactorAndAConstant() {
    for (double alpha0 : new double[] {0.01, 0.1, 0.7, 3}) {
      MllibOptions mapped =
          MllibOptions.of(ImplicitAlsOptions.defaults().withAlpha0(alpha0), ROWS, COLUMNS, 17);
      double factor = alpha0 / ((1 + alpha0) * (1 + alpha0));
      double constant =
          cells(product(1), alpha0)
              - factor * mllibCells(product(1), mapped.alpha(), mapped.scale());
      for (long seed = 2; seed < 20; seed++) {
        assertEquals(
            cells(product(seed), alpha0),
            factor * mllibCells(product(seed), mapped.alpha(), mapped.scale()) + constant,
            1e-10);
      }
    }
  }

  @Test
  void ridges_areEqualInTotal_andRowByRowWhereRowsAreEqual() {
    double alpha0 = 0.2;
    double lambda = 0.03;
    int rows = 40;
    int columns = 25;
    int each = 5;
    MllibOptions mapped =
        MllibOptions.of(
            ImplicitAlsOptions.defaults().withAlpha0(alpha0).withLambda(lambda),
            rows,
            columns,
            (long) rows * each);
    // Of a factor of length 1, as MLlib has it, in MLlib's unit of loss.
    double ours =
        lambda
            * (each + alpha0 * columns)
            * mapped.scale()
            * mapped.scale()
            / (alpha0 / ((1 + alpha0) * (1 + alpha0)));
    assertEquals(ours, mapped.regParam() * each, 1e-12);
  }

  @Test
  void ridges_ofWhatIsTouched_areEqualRowByRow() {
    ImplicitAlsOptions options =
        ImplicitAlsOptions.defaults().with().alpha0(0.2).lambda(0.03).ridge(Ridge.TOUCHED).build();
    MllibOptions mapped = MllibOptions.of(options, ROWS, COLUMNS, 17);
    double unit = options.alpha0() / ((1 + options.alpha0()) * (1 + options.alpha0()));
    for (int touched = 1; touched <= COLUMNS; touched++) {
      double ours = options.lambda() * touched * mapped.scale() * mapped.scale() / unit;
      assertEquals(ours, mapped.regParam() * touched, 1e-12);
    }
  }
}
