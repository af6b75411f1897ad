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
  private final float[] first;
  private final float[] second;
  private int steps;

  Adam(NetworkLayout layout, double learningRate, double weightDecay) {
    this.learningRate = learningRate;
    first = new float[layout.size()];
    second = new float[layout.size()];
    decay = new float[layout.size()];
    for (int l = 0; l < layout.depth(); l++) {
      for (int i = layout.weights(l); i < layout.bias(l); i++) {
        decay[i] = (float) (learningRate * weightDecay);
      }
    }
  }

  /**
   * One step.
   *
   * @param parameters changed in place
   * @param gradient of the mean loss
   */
  void step(float[] parameters, float[] gradient) {
    steps++;
    float correction2 = (float) Math.sqrt(1 - Math.pow(BETA2, steps));
    float rate = (float) (learningRate / (1 - Math.pow(BETA1, steps))) * correction2;
    float epsilon = EPSILON * correction2;
    float b1 = (float) BETA1;
    float b2 = (float) BETA2;
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      first[i] = b1 * first[i] + (1 - b1) * g;
      second[i] = b2 * second[i] + (1 - b2) * g * g;
      parameters[i] -=
          decay[i] * parameters[i] + rate * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
    }
  }
}
