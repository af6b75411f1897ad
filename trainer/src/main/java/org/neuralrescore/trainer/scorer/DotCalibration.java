package org.neuralrescore.trainer.scorer;

import java.util.SplittableRandom;
import org.neuralrescore.trainer.model.FactorMatrix;

/** Dot products of positives and of one sampled negative each: what a calibration is fitted to. */
final class DotCalibration {
  private static final int LIMIT = 50_000;

  private DotCalibration() {}

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
    for (int e = 0; e < n; e++) {
      int at = e * (negatives + 1);
      dots[at] = dot(examples, e, examples.itemVectors(), e);
      positive[at] = true;
      for (int s = 1; s <= negatives; s++) {
        dots[at + s] = dot(examples, e, items.values(), sampler.draw(examples.user(e), random));
      }
    }
    return Calibration.fit(dots, positive);
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
