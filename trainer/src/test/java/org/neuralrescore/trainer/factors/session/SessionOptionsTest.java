// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.data.interactions.SessionRule;

class SessionOptionsTest {
  private static final SessionOptions DEFAULTS = SessionOptions.defaults();

  private static Arguments bad(Supplier<Object> options, String rule) {
    return Arguments.of(options, rule);
  }

  private static Stream<Arguments> badOptions() {
    return Stream.of(
        bad(() -> DEFAULTS.withRank(0), "at least 1, got 0, 20, 256"),
        bad(() -> DEFAULTS.withEpochs(0), "at least 1, got 64, 0, 256"),
        bad(() -> DEFAULTS.withBatch(-1), "at least 1, got 64, 20, -1"),
        bad(() -> DEFAULTS.withLearningRate(0), "learning rate above 0, got 0.0"),
        bad(() -> DEFAULTS.withLearningRate(Double.NaN), "learning rate above 0, got NaN"),
        bad(() -> DEFAULTS.withMask(0), "mask above 0 and below 1, got 0.0"),
        bad(() -> DEFAULTS.withMask(1), "mask above 0 and below 1, got 1.0"),
        bad(() -> DEFAULTS.withMask(Double.NaN), "mask above 0 and below 1, got NaN"),
        bad(() -> DEFAULTS.withShrinkage(-1), "shrinkage of at least 0, got -1.0"),
        bad(() -> DEFAULTS.withSessions(new SessionRule(-1)), "at least 0 days, got -1.0"));
  }

  @ParameterizedTest
  @MethodSource("badOptions")
  void options_outOfRange_areRefusedInOneLine(Supplier<Object> options, String rule) {
    String message = assertThrows(IllegalArgumentException.class, options::get).getMessage();
    assertTrue(message.endsWith(rule), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void with_changesOneThing() {
    SessionOptions changed = DEFAULTS.withMask(0.3).withSeed(7);
    assertEquals(0.3, changed.mask());
    assertEquals(DEFAULTS, changed.withMask(DEFAULTS.mask()).withSeed(42));
  }
}
