// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.planted.PlantedTastes;

class ExposureSumTest {
  private static final int PARTS = 7;
  private static final Histories LEARNED =
      new PlantedTastes(4, 30, 40, 8, 5).interactions().histories();

  /** Some lists of a part. */
  private static Exposure part(int part) {
    SplittableRandom random = new SplittableRandom(part);
    Exposure exposure = new Exposure(LEARNED.itemCount(), 10);
    for (int list = 0; list < 5; list++) {
      float[] scores = new float[LEARNED.itemCount()];
      for (int item = 0; item < scores.length; item++) {
        scores[item] = random.nextInt(12);
      }
      exposure.add(scores);
    }
    return exposure;
  }

  private static BeyondAccuracy sum(List<Integer> order, int mostWaiting) {
    ExposureSum sum = new ExposureSum();
    int most = 0;
    for (int part : order) {
      sum.put(part, part(part));
      most = Math.max(most, sum.waiting());
    }
    assertEquals(mostWaiting, most);
    return sum.whole().figures(ItemPopularity.of(LEARNED));
  }

  @Test
  void put_inAnyOrder_isTheSameToTheBit_andPartsInOrderDoNotWait() {
    List<Integer> rising = IntStream.range(0, PARTS).boxed().toList();
    BeyondAccuracy expected = sum(rising, 0);
    List<Integer> falling = new ArrayList<>(rising);
    Collections.reverse(falling);
    assertEquals(expected, sum(falling, PARTS - 1));
    assertEquals(expected, sum(List.of(1, 0, 3, 2, 5, 4, 6), 1));
  }

  @Test
  void whole_beforeAPartCame_isRefused() {
    ExposureSum sum = new ExposureSum();
    sum.put(1, part(1));
    assertThrows(IllegalStateException.class, sum::whole);
  }
}
