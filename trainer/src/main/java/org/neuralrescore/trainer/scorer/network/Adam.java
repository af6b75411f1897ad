// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import java.util.Arrays;

/**
 * Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019) on weights;
 * biases and whatever stands behind the network's parameters do not decay.
 */
public final class Adam {
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;

  private final double rate;
  private final double[] decays;
  private final double[][] first;
  private final double[][] second;
  private int steps;

  /**
   * For the parameters of a network and perhaps rows behind them.
   *
   * @param like rows of the same widths as the parameters; not kept
   * @param rate the learning rate
   * @param weightDecay a step's share of a weight, times the rate
   */
  public Adam(NetworkShape shape, double[][] like, double rate, double weightDecay) {
    this.rate = rate;
    first = new double[like.length][];
    second = new double[like.length][];
    decays = new double[like.length];
    for (int row = 0; row < like.length; row++) {
      first[row] = new double[like[row].length];
      second[row] = new double[like[row].length];
    }
    for (int l = 0; l < shape.depth(); l++) {
      Arrays.fill(decays, shape.weights(l), shape.bias(l), rate * weightDecay);
    }
  }

  /**
   * One step.
   *
   * @param parameters changed in place
   * @param gradient of the mean loss
   */
  public void step(double[][] parameters, double[][] gradient) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, steps);
    double correction2 = 1 - Math.pow(BETA2, steps);
    for (int row = 0; row < parameters.length; row++) {
      double[] values = parameters[row];
      double[] g = gradient[row];
      double[] m = first[row];
      double[] v = second[row];
      for (int i = 0; i < values.length; i++) {
        m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
        v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
        double direction = m[i] / correction1 / (Math.sqrt(v[i] / correction2) + EPSILON);
        values[i] -= decays[row] * values[i] + rate * direction;
      }
    }
  }
}
