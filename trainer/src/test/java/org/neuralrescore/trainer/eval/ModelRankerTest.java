// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;

class ModelRankerTest {
  /** Of three items the last is known to too few people to have a vector. */
  private static final FactorMatrix ITEMS =
      new FactorMatrix(3, 4, new float[] {1, 0, 1, 0, 0, 2, 0, 2, 0, 0, 0, 0});

  private static final Histories HISTORIES =
      Histories.ofRows(
          new SparseMatrix(3, new int[] {0, 0, 1, 2}, new int[] {2, 0}, new float[] {1, 1}));

  private static float[] scores(int user, Optional<ScorerRequest> unknown) {
    HistoryEncoder encoder =
        new HistoryEncoder(ITEMS, new NeighbourFoldIn(4), HistoryWeighting.uniform());
    float[] scores = new float[3];
    new ModelRanker("dot", encoder, new ScorerWeights(4, 1f, 0f, List.of()), unknown)
        .score(HISTORIES, user, scores);
    return scores;
  }

  /** As it is published: zeros are not stored, so a search finds nobody. */
  @Test
  void score_ofWhoTouchedNothingWithAVector_isThatOfTheDefaultUser() {
    Optional<ScorerRequest> anybody = Optional.of(ScorerRequest.of(new float[] {0, 1, 0, 0}));
    float[] nobody = scores(0, anybody);
    assertEquals(2f, nobody[1]);
    assertArrayEquals(nobody, scores(1, anybody));
    assertArrayEquals(new float[3], scores(1, Optional.empty()));
    assertArrayEquals(scores(2, Optional.empty()), scores(2, anybody));
  }
}
