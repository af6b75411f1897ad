// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.ScoreTransform;

class FinalScoreTest {
  @Test
  void of_usesTheManifestsTransform_andNeverFallsBelowWhatIsServed() {
    assertEquals((float) Math.log1p(Math.exp(1)), FinalScore.of(ScoreTransform.SOFTPLUS, 1f));
    assertEquals((float) (1 / (1 + Math.exp(-1))), FinalScore.of(ScoreTransform.SIGMOID, 1f));
    assertEquals(3.5f, FinalScore.of(ScoreTransform.IDENTITY, 3.5f));
    for (ScoreTransform transform : ScoreTransform.values()) {
      assertEquals(0x1p-40f, FinalScore.of(transform, -1000f));
    }
  }
}
