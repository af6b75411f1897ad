// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.Optional;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.model.ImplicitFoldIn;

/** A ranker as it travels to executors. */
sealed interface WireRanker extends Serializable permits WireModel, WirePopularity, WireWide {
  /** Makes the ranker, whose scores are the original's to the bit. */
  Ranker ranker();

  /** What travels of a ranker; empty where it cannot. */
  static Optional<WireRanker> of(Ranker ranker) {
    if (ranker instanceof ModelRanker model) {
      return model.encoder().foldIn() instanceof ImplicitFoldIn
              && travels(model.encoder().weighting())
              && model.wide().stream().allMatch(wide -> travels(wide.histories().weighting()))
          ? Optional.of(WireModel.of(model))
          : Optional.empty();
    }
    if (ranker instanceof WideRanker wide) {
      return travels(wide.model().histories().weighting())
          ? Optional.of(WireWide.of(wide.label(), wide.model()))
          : Optional.empty();
    }
    return ranker instanceof PopularityRanker popularity
        ? Optional.of(new WirePopularity(popularity.users()))
        : Optional.empty();
  }

  /** Ratings weigh by the largest of all, and a block of cases knows its own. */
  private static boolean travels(HistoryWeighting weighting) {
    return weighting.values() != CellValues.RATING;
  }
}
