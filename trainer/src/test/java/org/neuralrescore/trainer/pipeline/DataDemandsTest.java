// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.distilled.DistilledOptions;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.WideOptions;

class DataDemandsTest {
  private static final TrainingOptions OPTIONS = TrainingOptions.defaults();

  /** Ten users with items from one on, up or down, in a file without times. */
  private static Interactions lines(boolean sorted) {
    List<String> lines = new ArrayList<>(List.of("userId,movieId"));
    for (int user = 0; user < 10; user++) {
      for (int n = 0; n < 5; n++) {
        lines.add("u" + user + ",i" + (sorted ? n : 5 - n));
      }
    }
    return PlantedLines.readWithoutTimes(lines);
  }

  private static TrainingOptions wide(Direction direction) {
    return OPTIONS.withWide(List.of(WideOptions.defaults(direction)));
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void require_ofLinesSortedByItem_refusesWhatAsksWhatComesNext(Direction direction) {
    assertDoesNotThrow(() -> DataDemands.require(lines(false), wide(direction)));
    if (direction.ordered()) {
      UserError refused =
          assertThrows(UserError.class, () -> DataDemands.require(lines(true), wide(direction)));
      assertTrue(
          refused.getMessage().startsWith("--wide " + direction.label() + " learns"),
          refused.getMessage());
    } else {
      assertDoesNotThrow(() -> DataDemands.require(lines(true), wide(direction)));
    }
  }

  @Test
  void items_whoseFactorsFitNoFile_areRefused_beforeAnythingIsLearned() {
    assertDoesNotThrow(() -> DataDemands.requireItemsFit(8_000_000, 64));
    UserError refused =
        assertThrows(UserError.class, () -> DataDemands.requireItemsFit(9_000_000, 64));
    assertTrue(
        refused.getMessage().startsWith("9000000 items of 64 factors fit no file"),
        refused.getMessage());
    assertThrows(UserError.class, () -> DataDemands.requireItemsFit(3_000_000, 256));
  }

  @Test
  void require_ofLinesSortedByItem_refusesTransitions() {
    assertDoesNotThrow(
        () -> DataDemands.require(lines(true), OPTIONS.withFactors(DistilledOptions.defaults())));
    TrainingOptions ordered = OPTIONS.withFactors(DistilledOptions.transitions());
    assertDoesNotThrow(() -> DataDemands.require(lines(false), ordered));
    UserError refused =
        assertThrows(UserError.class, () -> DataDemands.require(lines(true), ordered));
    assertTrue(
        refused.getMessage().startsWith("--factors transitions learns"), refused.getMessage());
  }
}
