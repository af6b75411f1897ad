// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.model.Layer;

class NetworkPassTest {
  private static double[][] random(NetworkShape shape, SplittableRandom random) {
    double[][] rows = shape.zeros();
    for (double[] row : rows) {
      System.arraycopy(random.doubles(row.length, -1, 1).toArray(), 0, row, 0, row.length);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void backward_atAnyDepth_isTheSlopeByParametersAndInputs(int hiddenLayers) {
    NetworkShape shape = new NetworkShape(5, List.of(7, 4).subList(0, hiddenLayers), 3);
    SplittableRandom random = new SplittableRandom(hiddenLayers);
    double[][] parameters = random(shape, random);
    double[] x = random.doubles(5, -1, 1).toArray();
    x[2] = 0;
    int[] labels = {0, 2};
    NetworkPass pass = new NetworkPass(shape);
    TransposedWeights transposed = new TransposedWeights(shape);
    transposed.refresh(parameters);
    double[] delta = new double[3];
    double[][] gradient = shape.zeros();
    double[] inputDelta = new double[5];

    Losses.softmaxCrossEntropy(pass.forward(parameters, x, 0), labels, delta);
    pass.backward(transposed, x, 0, delta, gradient);
    pass.addInputDelta(transposed, inputDelta);

    FiniteDifferences.assertGradient(
        parameters,
        gradient,
        () -> Losses.softmaxCrossEntropy(pass.forward(parameters, x, 0), labels, new double[3]));
    FiniteDifferences.assertGradient(
        x,
        inputDelta,
        () -> Losses.softmaxCrossEntropy(pass.forward(parameters, x, 0), labels, new double[3]));
  }

  @Test
  void start_whateverTheInput_answersZero() {
    NetworkShape shape = new NetworkShape(4, List.of(8), 2);
    double[][] parameters = shape.start(new SplittableRandom(1));
    double[] x = {3, -1, 2, 5};

    assertArrayEquals(new double[] {0, 0}, new NetworkPass(shape).forward(parameters, x, 0));
  }

  @Test
  void toLayers_multipliedByHand_areTheNetwork() {
    NetworkShape shape = new NetworkShape(3, List.of(4), 1);
    SplittableRandom random = new SplittableRandom(5);
    double[][] parameters = random(shape, random);
    double[] x = {0.5, -1, 2};
    double expected = new NetworkPass(shape).forward(parameters, x, 0)[0];

    List<Layer> layers = shape.toLayers(parameters);
    double actual = layers.get(1).bias()[0];
    for (int h = 0; h < 4; h++) {
      double sum = layers.get(0).bias()[h];
      for (int i = 0; i < 3; i++) {
        sum += x[i] * layers.get(0).weights()[i * 4 + h];
      }
      actual += Math.max(0, sum) * layers.get(1).weights()[h];
    }

    assertEquals(expected, actual, 1e-6);
  }

  @Test
  void shape_withAnEmptyLayer_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new NetworkShape(3, List.of(0), 1));
  }
}
