// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.wide.WideHistories;
import org.neuralrescore.trainer.wide.WideModel;
import tools.jackson.databind.json.JsonMapper;

/** Item-to-item weights, as they travel to executors. */
final class WireWide implements WireRanker {
  private static final long serialVersionUID = 1L;

  private final String label;
  private final int[] offsets;
  private final int[] items;
  private final float[] weights;
  private final String weightingJson;
  private final int most;

  private WireWide(String label, ItemNeighbours neighbours, WideHistories histories) {
    this.label = label;
    offsets = neighbours.offsets();
    items = neighbours.items();
    weights = neighbours.weights();
    weightingJson = JsonMapper.shared().writeValueAsString(histories.weighting());
    most = histories.most();
  }

  /**
   * Of these.
   *
   * @param label of who ranks by them
   */
  static WireWide of(String label, WideModel model) {
    return new WireWide(label, model.neighbours(), model.histories());
  }

  /** The weights and what they are asked with; the arrays are not copied. */
  WideModel model() {
    return new WideModel(
        new ItemNeighbours(offsets, items, weights),
        new WideHistories(
            JsonMapper.shared().readValue(weightingJson, HistoryWeighting.class), most));
  }

  @Override
  public Ranker ranker() {
    return new WideRanker(label, model());
  }
}
