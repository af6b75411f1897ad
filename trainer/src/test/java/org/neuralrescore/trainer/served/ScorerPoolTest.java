// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.model.ScorerRequest;

class ScorerPoolTest {
  private static final Bundle GOLDEN =
      Bundle.open(Path.of(System.getProperty("neuralrescore.root"), "onnx-models", "golden"));

  private static void score(OnnxScorer scorer, int items) {
    int rank = GOLDEN.manifest().rank();
    scorer.score(
        ScorerRequest.of(new float[rank]), new float[2 * rank], new float[0], new float[items]);
  }

  @Test
  void lend_whoseRunThrows_takesTheScorerBack_andCloseClosesIt() {
    List<OnnxScorer> opened = new ArrayList<>();
    ScorerPool pool =
        new ScorerPool(
            () -> {
              OnnxScorer scorer = GOLDEN.scorer();
              opened.add(scorer);
              return scorer;
            });
    assertThrows(IllegalArgumentException.class, () -> pool.lend(scorer -> score(scorer, 3)));
    pool.lend(scorer -> score(scorer, 2));
    assertEquals(1, opened.size(), "the one that threw was not lent again");

    pool.close();
    assertThrows(IllegalStateException.class, () -> score(opened.get(0), 2));
  }
}
