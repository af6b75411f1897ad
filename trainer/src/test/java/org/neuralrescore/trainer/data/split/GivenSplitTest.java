// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.planted.PlantedLines;

class GivenSplitTest {
  private static final String HEAD = "userId,movieId,rating,timestamp";

  /** What the test says of a pair that training has, too, gives away what is asked next. */
  @Test
  void split_ofAPairInBothFiles_knowsWhatTrainingSaysOfIt() {
    String[] train = {"u,a,1,100", "u,b,2,200", "u,c,3,300", "v,b,4,100", "v,c,5,200"};
    String[] test = {"u,a,5,900", "u,d,1,901", "v,b,1,50", "w,a,1,10"};
    Interactions learned =
        PlantedLines.read(Stream.concat(Stream.of(HEAD), Stream.of(train)).toList());
    Interactions all =
        PlantedLines.read(
            Stream.of(Stream.of(HEAD), Stream.of(train), Stream.of(test))
                .flatMap(lines -> lines)
                .toList());
    Split split = new GivenSplit(learned).split(all);

    Histories refit = split.refit();
    int u = all.users().row("u").orElseThrow();
    assertEquals(3, refit.length(u));
    for (int n = 0; n < 3; n++) {
      int p = refit.start(u) + n;
      assertEquals(all.items().row("abc".substring(n, n + 1)).orElseThrow(), refit.item(p));
      assertEquals(100_000L * (n + 1), refit.time(p));
      assertEquals(n + 1, refit.rating(p));
      assertEquals(1, refit.count(p));
    }
    assertEquals(0, refit.length(all.users().row("w").orElseThrow()));

    assertEquals(2, split.validation().size());
    int c = all.items().row("c").orElseThrow();
    assertArrayEquals(new int[] {c}, split.validation().targets(0));
    assertArrayEquals(new int[] {c}, split.validation().targets(1));
    assertEquals(2, split.fit().length(u));
    assertEquals(1, split.test().size());
    assertArrayEquals(new int[] {all.items().row("d").orElseThrow()}, split.test().targets(0));
  }
}
