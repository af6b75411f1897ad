// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InvalidBundleException;

class RowsApartTest {
  private static final float[] LOGITS = {0.5f, 1, -2, 3};

  private static void check(int rows, Function<int[], float[]> run) {
    float[] together = run.apply(IntStream.range(0, rows).toArray());
    RowsApart.check(run, together, 1e-4, "scores[0]");
  }

  private static float[] softmax(int... rows) {
    double sum = 0;
    float[] outputs = new float[rows.length];
    for (int row : rows) {
      sum += Math.exp(LOGITS[row]);
    }
    for (int i = 0; i < rows.length; i++) {
      outputs[i] = (float) (Math.exp(LOGITS[rows[i]]) / sum);
    }
    return outputs;
  }

  @Test
  void check_ofRowsThatSeeEachOther_isRefused() {
    for (int rows : new int[] {1, 2, 4}) {
      String message =
          assertThrows(InvalidBundleException.class, () -> check(rows, RowsApartTest::softmax))
              .getMessage();
      assertTrue(message.contains("rows see each other"), message);
    }
  }

  @Test
  void check_ofPlaces_isRefused() {
    Function<int[], float[]> byPlace =
        rows -> {
          float[] outputs = new float[rows.length];
          for (int i = 0; i < rows.length; i++) {
            outputs[i] = i;
          }
          return outputs;
        };
    assertThrows(InvalidBundleException.class, () -> check(4, byPlace));
  }

  @Test
  void check_ofRowsApart_passes() {
    Function<int[], float[]> own =
        rows -> {
          float[] outputs = new float[rows.length];
          for (int i = 0; i < rows.length; i++) {
            outputs[i] = LOGITS[rows[i]] * 2;
          }
          return outputs;
        };
    assertDoesNotThrow(() -> check(4, own));
    assertDoesNotThrow(() -> check(1, own));
  }
}
