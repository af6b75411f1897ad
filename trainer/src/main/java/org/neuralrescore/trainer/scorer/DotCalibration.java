// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.wide.CrossFitted;

/** Dot products of positives and of one sampled negative each: what a calibration is fitted to. */
final class DotCalibration {
  private static final int LIMIT = 50_000;

  private DotCalibration() {}

  /**
   * Fits a blend to examples as {@link #calibrate(PositiveExamples, FactorMatrix, NegativeSampler,
   * int, SplittableRandom)} does the dot product: its order stays what it is.
   *
   * @param wide what the histories before the examples say, by weights that do not know them
   */
  static Calibration calibrate(
      PositiveExamples examples,
      FactorMatrix items,
      CrossFitted wide,
      Blend blend,
      NegativeSampler sampler,
      int negatives,
      SplittableRandom random) {
    int n = Math.min(LIMIT, examples.size());
    float[] sums = new float[n * (negatives + 1)];
    boolean[] positive = new boolean[sums.length];
    float[] told = new float[ScorerInputs.WIDE_WIDTH];
    CrossFitted.Reader reader = wide.reader();
    for (int i = 0; i < n; i++) {
      int e = spread(i, n, examples.size());
      int at = i * (negatives + 1);
      reader.turn(examples.user(e), examples.position(e));
      for (int s = 0; s <= negatives; s++) {
        positive[at + s] = s == 0;
        int item = s == 0 ? examples.item(e) : sampler.draw(examples.user(e), random);
        float dot =
            s == 0
                ? dot(examples, e, examples.itemVectors(), e)
                : dot(examples, e, items.values(), item);
        reader.read(item, told, 0);
        sums[at + s] = (float) (blend.ratio() * dot) + told[0];
      }
    }
    Calibration along = Calibration.fit(sums, positive);
    return new Calibration((float) (along.scale() * blend.ratio()), along.scale(), along.bias());
  }

  /** Fits a calibration to at most {@value #LIMIT} examples with {@code negatives} each. */
  static Calibration calibrate(
      PositiveExamples examples,
      FactorMatrix items,
      NegativeSampler sampler,
      int negatives,
      SplittableRandom random) {
    int n = Math.min(LIMIT, examples.size());
    float[] dots = new float[n * (negatives + 1)];
    boolean[] positive = new boolean[dots.length];
    for (int i = 0; i < n; i++) {
      int e = spread(i, n, examples.size());
      int at = i * (negatives + 1);
      dots[at] = dot(examples, e, examples.itemVectors(), e);
      positive[at] = true;
      for (int s = 1; s <= negatives; s++) {
        dots[at + s] = dot(examples, e, items.values(), sampler.draw(examples.user(e), random));
      }
    }
    return Calibration.fit(dots, positive);
  }

  /** The i-th of n that lie evenly among all: examples stand in the order of their users. */
  private static int spread(int i, int n, int all) {
    return (int) ((long) i * all / n);
  }

  private static float dot(PositiveExamples examples, int example, float[] items, int item) {
    int rank = examples.rank();
    float sum = 0f;
    for (int f = 0; f < rank; f++) {
      sum += examples.userVectors()[example * rank + f] * items[item * rank + f];
    }
    return sum;
  }
}
