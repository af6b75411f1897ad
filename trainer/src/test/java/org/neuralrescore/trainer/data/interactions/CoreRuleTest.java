// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;

class CoreRuleTest {
  private static final long DAY = 86_400;

  private static Interactions read(String... lines) throws IOException {
    return new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
        .read(
            new StringReader("userId,movieId,rating,timestamp\n" + String.join("\n", lines)),
            "test");
  }

  private static Histories random(long seed, int users, int items) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    String[] lines = new String[users * 4];
    for (int i = 0; i < lines.length; i++) {
      double skew = random.nextDouble();
      lines[i] = "u" + random.nextInt(users) + ",i" + (int) (skew * skew * items) + ",1," + i;
    }
    return read(lines).histories();
  }

  @Property(tries = 50)
  void core_isAFixedPoint_andTheLargest(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int perUser,
      @ForAll @IntRange(min = 1, max = 5) int perItem)
      throws IOException {
    Histories all = random(seed, 40, 30);
    CoreRule rule = new CoreRule(perUser, perItem, 1);
    CoreRule.Core core = rule.of(all);
    int[] popularity = core.histories().popularity();
    for (int users : popularity) {
      assertTrue(users == 0 || users >= perItem, "an item with " + users);
    }
    for (int u = 0; u < all.userCount(); u++) {
      int n = core.histories().length(u);
      assertTrue(n == 0 || n >= perUser, "a user with " + n);
    }
    assertEquals(all.size() - core.histories().size(), core.leftOut().interactions());
    assertEquals(0, rule.of(core.histories()).leftOut().interactions());
    // The union of two cores is one: whatever larger core there is holds every smaller rule's.
    CoreRule.Core looser = new CoreRule(Math.max(1, perUser - 1), perItem, 1).of(all);
    for (int u = 0; u < all.userCount(); u++) {
      for (int p = core.histories().start(u); p < core.histories().end(u); p++) {
        assertTrue(looser.histories().contains(u, core.histories().item(p)));
      }
    }
  }

  @Test
  void core_whenAUserLeaves_takesAlongTheItemsThatNeededThem() throws IOException {
    Histories all =
        read("a,x,1,1", "b,x,1,1", "a,y,1,2", "b,y,1,2", "c,y,1,1", "c,z,1,2", "d,z,1,1")
            .histories();
    CoreRule.Core core = new CoreRule(2, 2, 1).of(all);
    // d has one item; without d, z has one user; without z, c has one item.
    assertEquals(2, core.leftOut().users());
    assertEquals(1, core.leftOut().items());
    assertEquals(3, core.leftOut().interactions());
    assertEquals(4, core.histories().size());
  }

  @Test
  void minUsersPerItem_countsItemsThatHadTooFew_andHoldsOnceUsersHaveLeft() throws IOException {
    Histories all =
        read("a,x,1,1", "b,x,1,1", "a,y,1,2", "b,y,1,2", "c,x,1,1", "c,rare,1,2").histories();
    CoreRule.Core core = new CoreRule(1, 1, 2).of(all);
    assertEquals(1, core.leftOut().rareItems());
    assertEquals(1, core.leftOut().items());
    assertEquals(0, core.leftOut().users());
    assertEquals(5, core.histories().size());
    // A user threshold that c fails leaves x with a and b: still enough for 2, too few for 3.
    assertEquals(4, new CoreRule(2, 1, 2).of(all).histories().size());
    assertEquals(0, new CoreRule(2, 1, 3).of(all).histories().size());
  }

  @Test
  void noRule_givesTheSameHistories() throws IOException {
    Histories all = read("a,x,1,1", "b,y,1,1").histories();
    assertSame(all, CoreRule.none().of(all).histories());
  }

  @Test
  void rows_ofAnEmptyCore_areRefusedWithTheThresholds() throws IOException {
    Histories all = read("a,x,1,1", "b,y,1,1").histories();
    UserError error =
        assertThrows(
            UserError.class, () -> RowScheme.users().withCore(new CoreRule(2, 2, 1)).of(all));
    assertTrue(error.getMessage().contains("minPerUser=2"), error.getMessage());
  }

  @Test
  void values_areScaledRatingsCountsOrOnes() throws IOException {
    Histories all = read("a,x,2,1", "a,x,4,2", "a,y,1,3", "b,x,5,1", "b,y,5,2").histories();
    assertEquals(1f, cell(RowScheme.users(), all, 0));
    assertEquals(0.8f, cell(RowScheme.users().withValues(CellValues.RATING), all, 0), 1e-6);
    assertEquals(2f, cell(RowScheme.users().withValues(CellValues.COUNT), all, 0));
    assertEquals(
        1 + Math.log(2), cell(RowScheme.users().withValues(CellValues.LOG_COUNT), all, 0), 1e-6);
    // The scale's end stays the data's where it is held out.
    boolean[] onlyA = {true, true, false, false};
    assertEquals(
        0.8f, cell(RowScheme.users().withValues(CellValues.RATING), all.select(onlyA), 0), 1e-6);
    float[] weights = new HistoryWeighting(1, 1, CellValues.RATING).weights(all, 0, all.end(0));
    assertEquals(0.8f, weights[0], 1e-6);
    assertEquals(0.2f, weights[1], 1e-6);
  }

  private static float cell(RowScheme scheme, Histories histories, int position) {
    return scheme.of(histories).matrix().values()[position];
  }

  @Test
  void ratingsAsValues_whenOneIsNotAboveZero_areRefused() throws IOException {
    Histories all = read("a,x,0,1", "b,y,5,1").histories();
    UserError error =
        assertThrows(
            UserError.class, () -> RowScheme.users().withValues(CellValues.RATING).of(all));
    assertTrue(error.getMessage().contains("--min-rating"), error.getMessage());
  }

  @Test
  void halfLife_halvesWithAge_countedFromTheLatestThatIsLearnedFrom() throws IOException {
    Histories all =
        read("a,x,1," + DAY, "a,y,1," + 11 * DAY, "b,x,1," + 21 * DAY, "b,y,1," + 21 * DAY)
            .histories();
    RowScheme scheme = RowScheme.users().withHalfLife(10);
    assertEquals(0.25f, cell(scheme, all, 0), 1e-6);
    assertEquals(0.5f, cell(scheme, all, 1), 1e-6);
    assertEquals(1f, cell(scheme, all, 2), 1e-6);
    boolean[] onlyA = {true, true, false, false};
    assertEquals(1f, cell(scheme, all.select(onlyA), 1), 1e-6);
    SparseMatrix withSessions = scheme.withSessions(1).of(all).matrix();
    assertEquals(8, withSessions.size());
    assertEquals(0.25f, withSessions.values()[4], 1e-6);
  }

  @Test
  void halfLife_withoutTimes_isRefused() throws IOException {
    Histories all =
        new InteractionReader(
                InteractionFormat.movieLensCsv().withTime(Optional.empty()),
                ReadingRules.defaults())
            .read(new StringReader("userId,movieId,rating\na,x,1\nb,y,1\n"), "test")
            .histories();
    assertThrows(UserError.class, () -> RowScheme.users().withHalfLife(3).of(all));
  }
}
