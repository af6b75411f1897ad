// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.EnumMap;
import java.util.Map;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.LocalRidge;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * Item-to-item weights of the candidates. What goes together does not depend on how a history
 * fades, so candidates that differ in that alone share what was learned; of each such direction the
 * latest is held.
 */
final class WideWeights {
  private final Histories histories;
  private final Workers workers;
  private final Map<Direction, Learned> latest = new EnumMap<>(Direction.class);

  private record Learned(WideOptions way, CellValues values, ItemNeighbours weights) {}

  WideWeights(Histories histories, Workers workers) {
    this.histories = histories;
    this.workers = workers;
  }

  /** Learned now, or by a candidate before. */
  ItemNeighbours of(WideCandidate candidate) {
    WideOptions way = candidate.way();
    CellValues values = candidate.weighting().values();
    Learned held = latest.get(way.direction());
    if (held != null && held.way().equals(way) && held.values().equals(values)) {
      return held.weights();
    }
    latest.remove(way.direction());
    ItemNeighbours weights = LocalRidge.learn(histories, candidate.weighting(), way, workers);
    if (!way.direction().ordered()) {
      latest.put(way.direction(), new Learned(way, values, weights));
    }
    return weights;
  }
}
