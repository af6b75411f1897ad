// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import org.neuralrescore.bundle.ScoreTransform;

/**
 * The final scores of a window, to the bit what {@link Combination#rescored} makes of each hit. A
 * score rises with the transform of its output: where a little less than {@link NearTransforms} say
 * and a little more become the same float, so does what lies between them, and the transform itself
 * does. Elsewhere, one hit in some thousands, and outside their reach the hit is asked for alone.
 * Not thread-safe.
 */
final class FinalScores {
  /** Few enough for the scratch to stay in a processor's nearest cache. */
  private static final int BLOCK = 256;

  private final double[] outputs = new double[BLOCK];
  private final double[] models = new double[BLOCK];

  /**
   * Writes the scores of all rows.
   *
   * @param raw the outputs by row; not changed
   * @param scores gets them by row; may be {@code raw}
   * @throws ScoringException of its doc, where an output or a first pass is no finite number
   */
  void write(Combination combination, FeatureBatch batch, float[] raw, float[] scores) {
    for (int from = 0; from < batch.rows(); from += BLOCK) {
      int n = Math.min(BLOCK, batch.rows() - from);
      double reach = transform(combination.transform(), raw, from, n);
      combine(combination, batch, reach, raw, scores, from, n);
    }
  }

  private void combine(
      Combination combination,
      FeatureBatch batch,
      double reach,
      float[] raw,
      float[] scores,
      int from,
      int n) {
    float[] firstPasses = batch.firstPasses();
    long[] order = batch.order();
    for (int i = 0; i < n; i++) {
      float firstPass = firstPasses[(int) order[from + i]];
      if (Math.abs(outputs[i]) <= reach && Float.isFinite(firstPass)) {
        double off = models[i] * NearTransforms.OFF;
        float least = Combination.squeezed(combination.mixed(firstPass, models[i] - off));
        float most = Combination.squeezed(combination.mixed(firstPass, models[i] + off));
        if (least == most) {
          scores[from + i] = least;
          continue;
        }
      }
      scores[from + i] = alone(combination, batch, firstPass, raw[from + i], from + i);
    }
  }

  /** Fills {@link #models}; gives the largest size of an output of which they are near. */
  private double transform(ScoreTransform transform, float[] raw, int from, int n) {
    for (int i = 0; i < n; i++) {
      outputs[i] = raw[from + i];
    }
    switch (transform) {
      case SOFTPLUS -> {
        NearTransforms.softplus(outputs, models, n);
        return NearTransforms.REACH;
      }
      case SIGMOID -> {
        NearTransforms.sigmoid(outputs, models, n);
        return TransformTails.HIGH;
      }
      case IDENTITY -> {
        return -1;
      }
    }
    throw new AssertionError(transform);
  }

  private static float alone(
      Combination combination, FeatureBatch batch, float firstPass, float output, int row) {
    try {
      return combination.rescored(firstPass, output);
    } catch (ScoringException e) {
      throw e.of(batch.docs()[Gatherer.hit(batch, row)]);
    }
  }
}
