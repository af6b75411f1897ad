// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import tools.jackson.databind.json.JsonMapper;

/** The encoder of implicit factors, as it travels to executors. */
final class WireEncoder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rank;
  private final float[] items;
  private final float[] gram;
  private final float lambda;
  private final float unobserved;
  private final int iterations;
  private final String weightingJson;

  private WireEncoder(HistoryEncoder encoder, ImplicitFoldIn foldIn) {
    rank = encoder.items().rank();
    items = encoder.items().values();
    gram = foldIn.scaledGram();
    lambda = foldIn.lambda();
    unobserved = foldIn.unobserved();
    iterations = foldIn.iterations();
    weightingJson = JsonMapper.shared().writeValueAsString(encoder.weighting());
  }

  /**
   * An encoder.
   *
   * @throws IllegalArgumentException where it is not of implicit factors
   */
  static WireEncoder of(HistoryEncoder encoder) {
    if (!(encoder.foldIn() instanceof ImplicitFoldIn foldIn)) {
      throw new IllegalArgumentException(
          "executors fold in implicit factors, got " + encoder.foldIn().getClass());
    }
    return new WireEncoder(encoder, foldIn);
  }

  /** The encoder itself; the arrays are not copied. */
  HistoryEncoder encoder() {
    return new HistoryEncoder(
        new FactorMatrix(items.length / rank, rank, items),
        new ImplicitFoldIn(rank, gram, lambda, unobserved, iterations),
        JsonMapper.shared().readValue(weightingJson, HistoryWeighting.class));
  }

  /** Every user of some histories, row-major [users x rank]. */
  float[] encode(Histories histories) {
    HistoryEncoder encoder = encoder();
    float[] vectors = new float[Math.multiplyExact(histories.userCount(), rank)];
    for (int user = 0; user < histories.userCount(); user++) {
      System.arraycopy(encoder.encode(histories, user), 0, vectors, user * rank, rank);
    }
    return vectors;
  }
}
