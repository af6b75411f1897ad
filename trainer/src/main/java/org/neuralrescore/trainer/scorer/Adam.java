// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019) on the
 * network's weights; biases and the dot path do not decay.
 */
final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  private final double learningRate;
  private final float[] decay;
  private final float[][] first;
  private final float[][] second;
  private int steps;

  Adam(NetworkLayout layout, double learningRate, double weightDecay) {
    this.learningRate = learningRate;
    first = layout.zeros();
    second = layout.zeros();
    decay = new float[first.length];
    for (int l = 0; l < layout.depth(); l++) {
      for (int row = layout.weights(l); row < layout.bias(l); row++) {
        decay[row] = (float) (learningRate * weightDecay);
      }
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
    float correction2 = (float) Math.sqrt(1 - Math.pow(BETA2, steps));
    float rate = (float) (learningRate / (1 - Math.pow(BETA1, steps))) * correction2;
    for (int row = 0; row < parameters.length; row++) {
      step(
          parameters[row],
          gradient[row],
          first[row],
          second[row],
          scale,
          rate,
          1 - decay[row],
          EPSILON * correction2);
    }
  }

  private static void step(
      float[] parameters,
      float[] gradient,
      float[] first,
      float[] second,
      float scale,
      float rate,
      float keep,
      float epsilon) {
    float b1 = (float) BETA1;
    float b2 = (float) BETA2;
    for (int i = 0; i < parameters.length; i++) {
      float g = scale * gradient[i];
      first[i] = b1 * first[i] + (1 - b1) * g;
      second[i] = b2 * second[i] + (1 - b2) * g * g;
      parameters[i] =
          keep * parameters[i] - rate * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
    }
  }
}
