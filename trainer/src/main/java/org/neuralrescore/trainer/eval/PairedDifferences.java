// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * First minus second, case by case, of figures from 0 to 1: what the mean of them can be, by
 * drawing the cases anew with replacement (Efron and Tibshirani 1993), within what a sign test
 * allows to say of so few. A bootstrap of one case draws that case alone and is always sure; by the
 * signs n cases that differ are all on one side by chance in {@code 2^(1-n)} of all times, and no
 * statement is surer than that (Conover 1999, "Practical Nonparametric Statistics").
 */
public final class PairedDifferences {
  /** Figures go from 0 to 1, and differences no further. */
  private static final double FARTHEST = 1;

  private final double[] differences;
  private final int differing;

  /**
   * Pairs.
   *
   * @param first figures by case
   * @param second by the same cases
   */
  public PairedDifferences(double[] first, double[] second) {
    if (second.length != first.length) {
      throw new IllegalArgumentException(
          "paired differences expect figures on the same cases, got "
              + first.length
              + " and "
              + second.length);
    }
    differences = new double[first.length];
    Arrays.setAll(differences, c -> first[c] - second[c]);
    differing = (int) Arrays.stream(differences).filter(d -> d != 0).count();
  }

  /** Their mean. */
  public double mean() {
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    return sum / differences.length;
  }

  /**
   * Draws.
   *
   * @param draws how often all cases are drawn anew
   */
  public Draws draw(int draws, long seed) {
    double[] means = new double[draws];
    int better = 0;
    int n = differences.length;
    SplittableRandom random = new SplittableRandom(seed);
    for (int d = 0; d < draws; d++) {
      double drawn = 0;
      for (int i = 0; i < n; i++) {
        drawn += differences[random.nextInt(n)];
      }
      means[d] = drawn / n;
      if (drawn > 0) {
        better++;
      }
    }
    Arrays.sort(means);
    return new Draws(means, better);
  }

  /** The least share of all times in which n signs are all on one given side by chance. */
  private static double chance(int n) {
    return Math.pow(0.5, n);
  }

  /** Drawn means. */
  public final class Draws {
    private final double[] means;
    private final int better;

    private Draws(double[] means, int better) {
      this.means = means;
      this.better = better;
    }

    /** The share of draws in which the first is better, no surer than the signs allow. */
    public double better() {
      double share = better / (double) means.length;
      double chance = chance(differing);
      return differing == 0 ? share : Math.max(chance, Math.min(1 - chance, share));
    }

    /**
     * The lower end of a two-sided interval.
     *
     * @param place of the drawn mean that is the end, in rising order
     * @param confidence of the interval
     */
    public double low(int place, double confidence) {
      if (!tells(differences.length, confidence)) {
        return -FARTHEST;
      }
      return tells(differing, confidence) ? means[place] : Math.min(means[place], 0);
    }

    /** The upper end, likewise. */
    public double high(int place, double confidence) {
      if (!tells(differences.length, confidence)) {
        return FARTHEST;
      }
      return tells(differing, confidence) ? means[place] : Math.max(means[place], 0);
    }

    /** Whether so many signs can tell anything from chance. */
    private static boolean tells(int n, double confidence) {
      return 2 * chance(n) <= 1 - confidence;
    }
  }
}
