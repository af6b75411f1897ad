// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserDrawTest {
  private static final List<String> USERS =
      IntStream.range(0, 10_000).mapToObj(n -> "\uD83C\uDFAC" + n).toList();

  @Test
  void draw_takesItsShare_andAnotherSeedOthers() {
    UserDraw draw = new UserDraw(0.2, 7);
    List<String> drawn = USERS.stream().filter(draw::has).toList();
    // Five standard deviations.
    assertEquals(2_000, drawn.size(), 5 * Math.sqrt(10_000 * 0.2 * 0.8));
    int both = (int) drawn.stream().filter(new UserDraw(0.2, 8)::has).count();
    assertEquals(400, both, 5 * Math.sqrt(2_000 * 0.2 * 0.8));
    // Who is among fewer is among more.
    assertTrue(USERS.stream().filter(new UserDraw(0.1, 7)::has).allMatch(drawn::contains));
    assertTrue(USERS.stream().allMatch(new UserDraw(1, 7)::has));
  }

  @Test
  void share_thatIsNone_isRefused() {
    for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new UserDraw(share, 7));
    }
  }
}
