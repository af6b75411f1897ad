// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import tools.jackson.databind.json.JsonMapper;

/** A scorer, as it travels to executors. */
final class WireScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rank;
  private final float dotScale;
  private final float bias;
  private final float wideScale;
  private final float[][] layerWeights;
  private final float[][] layerBiases;
  private final String inputsJson;

  private WireScorer(ScorerWeights scorer) {
    rank = scorer.rank();
    dotScale = scorer.dotScale();
    bias = scorer.bias();
    wideScale = scorer.wideScale();
    layerWeights = scorer.layers().stream().map(Layer::weights).toArray(float[][]::new);
    layerBiases = scorer.layers().stream().map(Layer::bias).toArray(float[][]::new);
    inputsJson = JsonMapper.shared().writeValueAsString(scorer.inputs());
  }

  static WireScorer of(ScorerWeights scorer) {
    return new WireScorer(scorer);
  }

  /** The scorer itself; the arrays are not copied. */
  ScorerWeights weights() {
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < layerBiases.length; l++) {
      int out = layerBiases[l].length;
      layers.add(new Layer(layerWeights[l].length / out, out, layerWeights[l], layerBiases[l]));
    }
    return new ScorerWeights(
        rank,
        dotScale,
        bias,
        wideScale,
        layers,
        JsonMapper.shared().readValue(inputsJson, ScorerInputs.class));
  }
}
