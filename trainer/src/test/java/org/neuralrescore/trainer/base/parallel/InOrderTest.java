// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private static final int PARTS = 7;

  private static double[] part(int part) {
    return new SplittableRandom(part).doubles(100).map(value -> value / 3).toArray();
  }

  private static InOrder<double[]> empty() {
    return new InOrder<>(
        (sum, next) -> {
          for (int i = 0; i < sum.length; i++) {
            sum[i] += next[i];
          }
          return sum;
        });
  }

  private static double[] sum(List<Integer> order, int mostWaiting) {
    InOrder<double[]> sum = empty();
    int most = 0;
    for (int part : order) {
      sum.put(part, part(part));
      most = Math.max(most, sum.waiting());
    }
    assertEquals(mostWaiting, most);
    return sum.whole().orElseThrow();
  }

  @Test
  void put_inAnyOrder_isTheSameToTheBit_andPartsInOrderDoNotWait() {
    List<Integer> rising = IntStream.range(0, PARTS).boxed().toList();
    double[] expected = sum(rising, 0);
    List<Integer> falling = new ArrayList<>(rising);
    Collections.reverse(falling);
    assertArrayEquals(expected, sum(falling, PARTS - 1));
    assertArrayEquals(expected, sum(List.of(1, 0, 3, 2, 5, 4, 6), 1));
  }

  @Test
  void whole_beforeAPartCame_isRefused() {
    InOrder<double[]> sum = empty();
    sum.put(1, part(1));
    assertThrows(IllegalStateException.class, sum::whole);
  }

  @Test
  void whole_ofNoPart_isEmpty() {
    assertEquals(Optional.empty(), empty().whole());
  }
}
