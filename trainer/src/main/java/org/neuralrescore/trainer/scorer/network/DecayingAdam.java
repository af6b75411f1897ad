// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import java.util.Arrays;
import org.neuralrescore.trainer.base.math.Adam;

/**
 * {@link Adam} on a network whose weights decay; biases and whatever stands behind the network's
 * parameters do not.
 */
public final class DecayingAdam {
  private final Adam.Step[] rates;
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
  public DecayingAdam(NetworkShape shape, double[][] like, double rate, double weightDecay) {
    first = new double[like.length][];
    second = new double[like.length][];
    for (int row = 0; row < like.length; row++) {
      first[row] = new double[like[row].length];
      second[row] = new double[like[row].length];
    }
    rates = new Adam.Step[like.length];
    Arrays.fill(rates, new Adam.Step(rate, 0));
    for (int l = 0; l < shape.depth(); l++) {
      Arrays.fill(rates, shape.weights(l), shape.bias(l), new Adam.Step(rate, rate * weightDecay));
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
    for (int row = 0; row < parameters.length; row++) {
      double[] values = parameters[row];
      Adam.move(
          values, first[row], second[row], 0, gradient[row], values.length, rates[row], steps);
    }
  }
}
