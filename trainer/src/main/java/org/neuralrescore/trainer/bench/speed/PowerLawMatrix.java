// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * Generates interaction counts as shops and film sites have them: a few users and items account for
 * most of them, and each user keeps to one of 32 tastes half the time, so that there is something
 * to factorise.
 */
public final class PowerLawMatrix {
  private static final int TASTES = 32;
  private static final double ROW_EXPONENT = 0.6;
  private static final double COLUMN_EXPONENT = 0.8;

  private PowerLawMatrix() {}

  /**
   * Generates.
   *
   * @param nonZeros at least one a row and at most a quarter of all cells; met exactly
   * @return counts from 1 to 5, the smaller the more frequent
   */
  public static SparseMatrix generate(int rows, int columns, int nonZeros, long seed) {
    require(rows, columns, nonZeros);
    SplittableRandom random = new SplittableRandom(seed);
    int[] lengths = shuffled(lengths(rows, columns / 2, nonZeros), random);
    double[] cumulative = cumulative(columns);
    int[] starts = new int[rows + 1];
    int[] index = new int[nonZeros];
    float[] values = new float[nonZeros];
    int[] lastRow = new int[columns];
    Arrays.fill(lastRow, -1);
    int to = 0;
    for (int r = 0; r < rows; r++) {
      int taste = random.nextInt(TASTES);
      int from = to;
      while (to - from < lengths[r]) {
        int column = draw(cumulative, taste, random);
        while (lastRow[column] == r) {
          column = column + 1 == columns ? 0 : column + 1;
        }
        lastRow[column] = r;
        index[to++] = column;
      }
      Arrays.sort(index, from, to);
      for (int p = from; p < to; p++) {
        values[p] = 1 + Math.min(4, Long.numberOfTrailingZeros(random.nextLong()));
      }
      starts[r + 1] = to;
    }
    return new SparseMatrix(columns, starts, index, values);
  }

  /**
   * Refuses sizes that no such matrix has.
   *
   * @throws IllegalArgumentException with the rule
   */
  static void require(int rows, int columns, int nonZeros) {
    if (rows < 1 || columns < TASTES || nonZeros < rows || nonZeros > (long) rows * columns / 4) {
      throw new IllegalArgumentException(
          "power-law matrix expects rows >= 1, columns >= 32 and rows <= non-zeros <= cells / 4,"
              + " got "
              + rows
              + " x "
              + columns
              + " with "
              + nonZeros);
    }
  }

  private static int draw(double[] cumulative, int taste, SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    int column = Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
    int ofTaste = column - column % TASTES + taste;
    return random.nextBoolean() && ofTaste < cumulative.length ? ofTaste : column;
  }

  private static double[] cumulative(int columns) {
    double[] cumulative = new double[columns];
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += Math.pow(c + 10, -COLUMN_EXPONENT);
      cumulative[c] = sum;
    }
    return cumulative;
  }

  private static int[] lengths(int rows, int most, int nonZeros) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += Math.pow(r + 10, -ROW_EXPONENT);
    }
    int[] lengths = new int[rows];
    int left = nonZeros;
    for (int r = 0; r < rows; r++) {
      double share = Math.pow(r + 10, -ROW_EXPONENT) / sum;
      int reserve = rows - 1 - r;
      lengths[r] = (int) Math.max(1, Math.min(Math.min(most, left - reserve), share * nonZeros));
      left -= lengths[r];
    }
    for (int r = 0; left > 0; r = (r + 1) % rows) {
      if (lengths[r] < most) {
        lengths[r]++;
        left--;
      }
    }
    return lengths;
  }

  private static int[] shuffled(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
    return values;
  }
}
