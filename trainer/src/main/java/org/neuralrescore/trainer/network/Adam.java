package org.neuralrescore.trainer.network;

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019) on weights;
 * biases and whatever stands behind the network's parameters do not decay.
 */
public final class Adam {
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;

  private final double rate;
  private final double[] decay;
  private final double[] first;
  private final double[] second;
  private int steps;

  /**
   * For the parameters of a network and some more behind them.
   *
   * @param extra parameters behind those of the shape
   * @param rate the learning rate
   * @param weightDecay a step's share of a weight, times the rate
   */
  public Adam(NetworkShape shape, int extra, double rate, double weightDecay) {
    this.rate = rate;
    int size = shape.size() + extra;
    first = new double[size];
    second = new double[size];
    decay = new double[size];
    for (int l = 0; l < shape.depth(); l++) {
      for (int i = shape.weights(l); i < shape.bias(l); i++) {
        decay[i] = rate * weightDecay;
      }
    }
  }

  /**
   * One step.
   *
   * @param parameters changed in place
   * @param gradient of the mean loss
   */
  public void step(double[] parameters, double[] gradient) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, steps);
    double correction2 = 1 - Math.pow(BETA2, steps);
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i];
      first[i] = BETA1 * first[i] + (1 - BETA1) * g;
      second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
      double direction = first[i] / correction1 / (Math.sqrt(second[i] / correction2) + EPSILON);
      parameters[i] -= decay[i] * parameters[i] + rate * direction;
    }
  }
}
