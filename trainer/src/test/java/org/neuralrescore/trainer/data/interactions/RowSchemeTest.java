// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowSchemeTest {
  private static final long DAY = 86_400;

  private static Histories histories() throws IOException {
    String lines =
        "u,c,1,"
            + DAY
            + "\nu,a,1,"
            + DAY
            + "\nu,b,1,"
            + (3 * DAY + 1)
            + "\nv,b,1,"
            + DAY
            + "\nv,a,1,"
            + (2 * DAY)
            + "\n";
    return new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
        .read(new StringReader("userId,movieId,rating,timestamp\n" + lines), "test")
        .histories();
  }

  private static int[] row(LearningRows rows, int row) {
    return Arrays.copyOfRange(
        rows.matrix().columns(), rows.matrix().start(row), rows.matrix().end(row));
  }

  @Test
  void users_haveOneRowEach() throws IOException {
    LearningRows rows = RowScheme.users().of(histories());
    assertEquals(2, rows.matrix().rowCount());
    assertArrayEquals(new int[] {0, 1, 2}, row(rows, 0));
    assertEquals(1, rows.owner(1));
  }

  @Test
  void sessions_standBelowTheirUsers_withSortedItems() throws IOException {
    LearningRows rows = RowScheme.usersAndSessions(1).of(histories());
    assertEquals(5, rows.matrix().rowCount());
    assertArrayEquals(new int[] {0, 1, 2}, row(rows, 0));
    assertArrayEquals(new int[] {0, 1}, row(rows, 1));
    assertArrayEquals(new int[] {0, 2}, row(rows, 2));
    assertArrayEquals(new int[] {1}, row(rows, 3));
    assertArrayEquals(new int[] {0, 1}, row(rows, 4));
    assertArrayEquals(
        new int[] {0, 1, 0, 0, 1},
        new int[] {rows.owner(0), rows.owner(1), rows.owner(2), rows.owner(3), rows.owner(4)});
  }

  @Test
  void sessions_ofNoLength_holdWhatHappenedAtOneTime() throws IOException {
    LearningRows rows = RowScheme.usersAndSessions(0).of(histories());
    assertEquals(2 + 4, rows.matrix().rowCount());
  }

  @Test
  void sessions_ofNegativeLength_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> RowScheme.usersAndSessions(-1));
    assertThrows(IllegalArgumentException.class, () -> RowScheme.usersAndSessions(Double.NaN));
  }
}
