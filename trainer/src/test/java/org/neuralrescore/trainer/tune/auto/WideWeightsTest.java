// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.planted.PlantedSteps;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.LocalRidge;
import org.neuralrescore.trainer.wide.WideOptions;

class WideWeightsTest {
  private static final HistoryWeighting ALIKE = HistoryWeighting.uniform();
  private static final HistoryWeighting FADING = new HistoryWeighting(0.3, 2);

  private static Histories steps() {
    return PlantedLines.read(PlantedSteps.lines(60, 9, 4)).histories();
  }

  private static WideCandidate candidate(Direction direction, HistoryWeighting weighting) {
    return new WideCandidate(WideOptions.defaults().withDirection(direction), weighting);
  }

  /** Of one that has learned something else before. */
  @ParameterizedTest
  @EnumSource(Direction.class)
  void weights_areThoseThatACandidateLearnsAlone(Direction direction) {
    Histories histories = steps();
    try (Workers workers = new Workers(2)) {
      WideWeights weights = new WideWeights(histories, workers);
      weights.of(candidate(direction, ALIKE));
      weights.of(candidate(Direction.TOGETHER, ALIKE.withValues(CellValues.LOG_COUNT)));
      WideCandidate asked = candidate(direction, FADING);
      ItemNeighbours alone = LocalRidge.learn(histories, asked.weighting(), asked.way(), workers);
      ItemNeighbours shared = weights.of(asked);
      assertArrayEquals(alone.items(), shared.items());
      assertArrayEquals(alone.weights(), shared.weights());
    }
  }

  @Test
  void weights_areLearnedOnce_whereHowAHistoryFadesIsAllThatDiffers() {
    try (Workers workers = new Workers(1)) {
      WideWeights weights = new WideWeights(steps(), workers);
      for (Direction direction : new Direction[] {Direction.TOGETHER, Direction.SIGNED}) {
        ItemNeighbours first = weights.of(candidate(direction, ALIKE));
        assertSame(first, weights.of(candidate(direction, FADING)));
        WideCandidate harder = candidate(direction, ALIKE);
        assertNotSame(
            first, weights.of(harder.withWay(harder.way().withLambda(7 * harder.way().lambda()))));
      }
      assertNotSame(
          weights.of(candidate(Direction.NEXT, ALIKE)),
          weights.of(candidate(Direction.NEXT, FADING)));
    }
  }
}
