// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

class SplitTest {
  /** Of so many users and items, of whom each touched three. */
  private static Split of(int users, int items) throws IOException {
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int user = 0; user < users; user++) {
      for (int n = 0; n < 3; n++) {
        lines.append("u").append(user).append(",i").append(n).append(",1,").append(n).append('\n');
      }
    }
    List<String> catalogue = IntStream.range(0, items).mapToObj(i -> "i" + i).toList();
    return new LeaveLastOut()
        .split(
            new InteractionReader(
                    InteractionFormat.movieLensCsv(),
                    ReadingRules.defaults().withCatalogue(catalogue))
                .read(new StringReader(lines.toString()), "test"));
  }

  /** Every candidate ranks every case among every item: a search of many is to end one day. */
  @Test
  void withAffordableValidation_ofManyUsersAndItems_drawsWithTheSeed() throws IOException {
    Split whole = of(10_050, 60_000);
    assertEquals(10_050, whole.validation().size());
    Split drawn = whole.withAffordableValidation(7);
    assertEquals(10_000, drawn.validation().size());
    assertEquals(users(drawn), users(whole.withAffordableValidation(7)));
    assertSame(whole.fit(), drawn.fit());
    assertSame(whole.test(), drawn.test());
  }

  @Test
  void withAffordableValidation_ofFew_keepsAll() throws IOException {
    Split whole = of(40, 30);
    assertEquals(users(whole), users(whole.withAffordableValidation(7)));
  }

  private static List<Integer> users(Split split) {
    return IntStream.range(0, split.validation().size())
        .mapToObj(split.validation()::user)
        .toList();
  }
}
