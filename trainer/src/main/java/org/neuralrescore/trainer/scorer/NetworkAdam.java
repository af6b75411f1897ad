// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.Arrays;
import org.neuralrescore.trainer.base.math.Adam;

/** {@link Adam} on a network by its layout; biases and the dot path do not decay. */
final class NetworkAdam {
  private final double learningRate;
  private final float[] keep;
  private final float[][] first;
  private final float[][] second;
  private int steps;

  NetworkAdam(NetworkLayout layout, double learningRate, double weightDecay) {
    this.learningRate = learningRate;
    first = layout.zeros();
    second = layout.zeros();
    keep = new float[first.length];
    Arrays.fill(keep, 1f);
    for (int l = 0; l < layout.depth(); l++) {
      Arrays.fill(
          keep, layout.weights(l), layout.bias(l), 1 - (float) (learningRate * weightDecay));
    }
  }

  /**
   * One step.
   *
   * @param parameters by layout, changed in place
   * @param gradient by layout, of the summed loss
   * @param scale what makes a mean of the sum
   */
  void step(float[][] parameters, float[][] gradient, float scale) {
    steps++;
    float correction2 = (float) Math.sqrt(1 - Math.pow(Adam.BETA2, steps));
    float rate = (float) (learningRate / (1 - Math.pow(Adam.BETA1, steps))) * correction2;
    Adam.FloatStep step =
        new Adam.FloatStep(scale, (float) Adam.BETA2, rate, 1f, (float) Adam.EPSILON * correction2);
    for (int row = 0; row < parameters.length; row++) {
      Adam.move(parameters[row], gradient[row], first[row], second[row], step, keep[row]);
    }
  }
}
