// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.Test;

/** What is cut out of a data set shares its details, and says what plain lists of it say. */
class HistoriesTest {
  private record Event(
      int item, long time, float rating, int count, boolean again, String device) {}

  /** Some data has no times, some no ratings, some no repeats. */
  private static Histories random(SplittableRandom random, int users, boolean details) {
    int[] starts = new int[users + 1];
    for (int u = 0; u < users; u++) {
      starts[u + 1] = starts[u] + random.nextInt(6);
    }
    int size = starts[users];
    int[] items = new int[size];
    long[] times = new long[size];
    float[] ratings = new float[size];
    int[] counts = new int[size];
    boolean[] again = new boolean[size];
    int[] devices = new int[size];
    LongToIntFunction upTo = bound -> details ? random.nextInt((int) bound) : 0;
    for (int u = 0; u < users; u++) {
      for (int p = starts[u]; p < starts[u + 1]; p++) {
        items[p] = p - starts[u];
        times[p] = upTo.applyAsInt(3);
        ratings[p] = 1 + upTo.applyAsInt(5);
        counts[p] = 1 + upTo.applyAsInt(3);
        again[p] = upTo.applyAsInt(2) == 1;
        devices[p] = random.nextInt(3) - 1;
      }
    }
    return new Histories(
        6,
        starts,
        items,
        new InteractionDetails(times, ratings, counts, again),
        new ContextTable(
            List.of("device"), List.of(List.of("phone", "set")), new int[][] {devices}));
  }

  private static List<List<Event>> told(Histories histories) {
    List<List<Event>> told = new ArrayList<>();
    for (int u = 0; u < histories.userCount(); u++) {
      List<Event> events = new ArrayList<>();
      for (int p = histories.start(u); p < histories.end(u); p++) {
        events.add(
            new Event(
                histories.item(p),
                histories.time(p),
                histories.rating(p),
                histories.count(p),
                histories.again(p),
                histories.context().value(0, p).orElse("")));
      }
      told.add(events);
    }
    return told;
  }

  private static boolean[] keep(SplittableRandom random, int size) {
    boolean[] keep = new boolean[size];
    for (int p = 0; p < size; p++) {
      keep[p] = random.nextInt(4) > 0;
    }
    return keep;
  }

  private static List<List<Event>> select(Histories from, boolean[] keep) {
    List<List<Event>> all = told(from);
    List<List<Event>> kept = new ArrayList<>();
    for (int u = 0; u < all.size(); u++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < all.get(u).size(); i++) {
        if (keep[from.start(u) + i]) {
          events.add(all.get(u).get(i));
        }
      }
      kept.add(events);
    }
    return kept;
  }

  @Test
  void select_ofWhatWasSelected_isWhatListsSay() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Histories all = random(random, 1 + random.nextInt(8), seed % 2 == 0);
      boolean[] keep = keep(random, all.size());
      Histories once = all.select(keep);
      assertEquals(select(all, keep), told(once));
      boolean[] again = keep(random, once.size());
      assertEquals(select(once, again), told(once.select(again)));
      assertEquals(all.maxRating(), once.maxRating());
    }
  }

  @Test
  void select_ofAll_isTheSame() {
    Histories all = random(new SplittableRandom(1), 5, true);
    boolean[] keep = new boolean[all.size()];
    Arrays.fill(keep, true);
    assertSame(all, all.select(keep));
  }

  @Test
  void orElse_ofTheSameDataOrOther_isWhatListsSay() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Histories all = random(random, 6, seed % 2 == 0);
      Histories part = all.select(keep(random, all.size()));
      Histories other = random(random, 6, seed % 3 == 0);
      for (Histories there : List.of(all.select(keep(random, all.size())), other)) {
        List<List<Event>> expected = told(part);
        for (int u = 0; u < expected.size(); u++) {
          if (expected.get(u).isEmpty()) {
            expected.set(u, told(there).get(u));
          }
        }
        assertEquals(expected, told(part.orElse(there)));
      }
    }
  }

  @Test
  void withItems_ofWhatWasSelected_keepsTheRest() {
    SplittableRandom random = new SplittableRandom(3);
    Histories all = random(random, 6, true);
    Histories part = all.select(keep(random, all.size()));
    Histories moved = part.withItems(9, new int[] {8, 6, 4, 2, 0, 1});
    for (int p = 0; p < part.size(); p++) {
      assertEquals(new int[] {8, 6, 4, 2, 0, 1}[part.item(p)], moved.item(p));
      assertEquals(part.time(p), moved.time(p));
      assertEquals(part.rating(p), moved.rating(p));
      assertEquals(part.count(p), moved.count(p));
    }
  }

  @Test
  void ofRows_hasNeitherTimesNorRatings() {
    Histories rows =
        Histories.ofRows(
            new SparseMatrix(3, new int[] {0, 2, 3}, new int[] {0, 2, 1}, new float[] {4, 5, 6}));
    assertEquals(0, rows.time(1));
    assertEquals(1f, rows.rating(1));
    assertEquals(1, rows.count(2));
    assertEquals(1f, rows.maxRating());
  }
}
