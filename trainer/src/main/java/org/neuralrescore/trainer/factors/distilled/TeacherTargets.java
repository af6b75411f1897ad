// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import org.neuralrescore.trainer.factors.neighbour.ItemWeights;
import org.neuralrescore.trainer.factors.softmax.OfferSide;
import org.neuralrescore.trainer.factors.softmax.ShownItems;
import org.neuralrescore.trainer.factors.softmax.Targets;

/**
 * What a teacher would answer: the softmax at a temperature of the sums of item-to-item weights
 * over what a person is known by, among the items that are not known (Hinton, Vinyals and Dean
 * 2015, "Distilling the Knowledge in a Neural Network"; Tang and Wang 2018, "Ranking
 * Distillation"). The loss is the divergence from it.
 */
final class TeacherTargets implements Targets {
  private static final int[] NOTHING = {};

  private final ItemWeights weights;
  private final double temperature;
  private final float[][] shares;
  private final int[][] known;
  private final double[] entropies;
  private final double[][] crossed;
  private final int blockWidth;

  /**
   * @param temperature of the softmax, in units of the weights
   * @param rows at most
   */
  TeacherTargets(ItemWeights weights, double temperature, int rows) {
    this.weights = weights;
    this.temperature = temperature;
    int items = weights.itemCount();
    blockWidth = OfferSide.ITEMS_PER_BLOCK;
    shares = new float[rows][items];
    known = new int[rows][];
    entropies = new double[rows];
    crossed = new double[rows][(items + blockWidth - 1) / blockWidth];
  }

  /**
   * Asks the teacher about a person, from now on. Who knows all items is asked about all of them.
   * Rows may come from several threads.
   */
  void ask(int row, ShownItems shown) {
    float[] p = shares[row];
    known[row] = shown.items().length < p.length ? shown.items() : NOTHING;
    weights.sum(shown.items(), shown.weights(), p);
    for (int item : known[row]) {
      p[item] = Float.NEGATIVE_INFINITY;
    }
    double max = Double.NEGATIVE_INFINITY;
    for (float score : p) {
      max = Math.max(max, score);
    }
    double sum = 0;
    double mean = 0;
    // Most items are not spoken for at all: one exponential does for them.
    double rest = Math.exp(-max / temperature);
    for (int j = 0; j < p.length; j++) {
      double score = p[j];
      double e = score == 0 ? rest : Math.exp((score - max) / temperature);
      p[j] = (float) e;
      sum += e;
      mean += e > 0 ? e * score : 0;
    }
    for (int j = 0; j < p.length; j++) {
      p[j] = (float) (p[j] / sum);
    }
    entropies[row] = Math.log(sum) + (max - mean / sum) / temperature;
  }

  @Override
  public double weight(int row) {
    return 1;
  }

  @Override
  public void see(int row, int from, int width, float[] logits) {
    for (int item : known[row]) {
      if (item >= from && item < from + width) {
        logits[item - from] = LEFT_OUT;
      }
    }
    double sum = 0;
    float[] p = shares[row];
    for (int j = 0; j < width; j++) {
      if (p[from + j] > 0) {
        sum += (double) p[from + j] * logits[j];
      }
    }
    crossed[row][from / blockWidth] = sum;
  }

  @Override
  public double loss(int row, double logSum) {
    double cross = 0;
    for (double part : crossed[row]) {
      cross += part;
    }
    return logSum - cross - entropies[row];
  }

  @Override
  public void subtract(int row, int from, int width, double total, float[] slopes) {
    float share = (float) (1 / total);
    float[] p = shares[row];
    for (int j = 0; j < width; j++) {
      slopes[j] -= share * p[from + j];
    }
  }
}
