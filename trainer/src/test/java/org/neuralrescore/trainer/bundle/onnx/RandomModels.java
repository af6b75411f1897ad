// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.SquaredFoldIn;

/** Seeded weights of a believable size. */
final class RandomModels {
  private RandomModels() {}

  static ScorerWeights scorer(Random random, int rank, int... hidden) {
    return scorer(random, ScorerInputs.none(), rank, hidden);
  }

  static ScorerWeights scorer(Random random, ScorerInputs inputs, int rank, int... hidden) {
    List<Layer> layers = new ArrayList<>();
    int in = inputs.width(rank);
    for (int out : hidden) {
      layers.add(layer(random, in, out));
      in = out;
    }
    if (hidden.length > 0) {
      layers.add(layer(random, in, 1));
    }
    return new ScorerWeights(
        rank, 3f + random.nextFloat(), -2f * random.nextFloat(), layers, inputs);
  }

  static FoldIn foldIn(Random random, int rank, int iterations) {
    float[] items = nonNegative(random, 200 * rank);
    float[] gram = new float[rank * rank];
    for (int i = 0; i < 200; i++) {
      for (int f = 0; f < rank; f++) {
        for (int g = 0; g < rank; g++) {
          gram[f * rank + g] += 0.1f * items[i * rank + f] * items[i * rank + g];
        }
      }
    }
    return new ImplicitFoldIn(rank, gram, 0.01f, 20f, iterations);
  }

  /** One fold-in of every loss there is. */
  static List<FoldIn> foldIns(Random random, int rank, int iterations) {
    float[] gram = new float[rank * rank];
    float[] sums = new float[rank];
    float[] items = nonNegative(random, 200 * rank);
    for (int i = 0; i < 200; i++) {
      for (int f = 0; f < rank; f++) {
        sums[f] += items[i * rank + f];
        for (int g = 0; g < rank; g++) {
          gram[f * rank + g] += items[i * rank + f] * items[i * rank + g];
        }
      }
    }
    return List.of(
        foldIn(random, rank, iterations),
        new SquaredFoldIn(rank, gram, 0.5f, 0.05f, iterations),
        new KullbackLeiblerFoldIn(sums, 0.01f, random.nextBoolean() ? 0f : 0.5f, iterations));
  }

  /** Half zeros, as non-negative factors are. */
  static float[] nonNegative(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextBoolean() ? 0f : random.nextFloat();
    }
    return values;
  }

  static float[] positive(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.1f + random.nextFloat();
    }
    return values;
  }

  private static Layer layer(Random random, int in, int out) {
    float scale = (float) Math.sqrt(2.0 / in);
    float[] weights = new float[in * out];
    float[] bias = new float[out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = scale * (float) random.nextGaussian();
    }
    for (int o = 0; o < out; o++) {
      bias[o] = 0.1f * (float) random.nextGaussian();
    }
    return new Layer(in, out, weights, bias);
  }
}
