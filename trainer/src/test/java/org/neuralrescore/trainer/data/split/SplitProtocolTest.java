// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

class SplitProtocolTest {
  private static final int USERS = 60;

  private static Interactions data(InteractionFormat format) {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int u = 0; u < USERS; u++) {
      for (int n = 0; n < 1 + u % 15; n++) {
        lines.append("u").append(u).append(",i").append(random.nextInt(40)).append(",1,");
        lines.append(random.nextInt(10_000)).append('\n');
      }
    }
    try {
      return new InteractionReader(format, ReadingRules.defaults())
          .read(new StringReader(lines.toString()), "test");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Interactions data() {
    return data(InteractionFormat.movieLensCsv());
  }

  static Stream<SplitProtocol> protocols() {
    return Stream.of(
        new LeaveLastOut(),
        new LastFraction(0.2),
        new GlobalTime(0.1),
        new UserDisjoint(0.2, 0.8, 1));
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void split_neverLearnsFromWhatItAsks(SplitProtocol protocol) {
    Split split = protocol.split(data());
    for (int c = 0; c < split.validation().size(); c++) {
      for (int target : split.validation().targets(c)) {
        assertFalse(split.fit().contains(split.validation().user(c), target));
      }
    }
    for (int c = 0; c < split.test().size(); c++) {
      for (int target : split.test().targets(c)) {
        assertFalse(split.refit().contains(split.test().user(c), target));
        assertFalse(split.fit().contains(split.test().user(c), target));
        assertFalse(split.validation().seen().contains(split.test().user(c), target));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void split_showsEveryCaseSomething_andTheSameEachTime(SplitProtocol protocol) {
    Split split = protocol.split(data());
    Split again = protocol.split(data());
    assertEquals(split.test().size(), again.test().size());
    for (int c = 0; c < split.test().size(); c++) {
      assertTrue(split.test().seen().length(split.test().user(c)) > 0);
      assertEquals(split.test().user(c), again.test().user(c));
    }
  }

  @Test
  void globalTime_learnsFromNothingLaterThanAnyTarget() {
    Interactions data = data();
    Split split = new GlobalTime(0.1).split(data);
    long latest = Long.MIN_VALUE;
    for (int p = 0; p < split.refit().size(); p++) {
      latest = Math.max(latest, split.refit().time(p));
    }
    for (int c = 0; c < split.test().size(); c++) {
      int user = split.test().user(c);
      for (int p = data.histories().start(user); p < data.histories().end(user); p++) {
        for (int target : split.test().targets(c)) {
          if (data.histories().item(p) == target) {
            assertTrue(data.histories().time(p) > latest);
          }
        }
      }
    }
  }

  /** Users of one line a month, in the last of which a share of them is. */
  private static Interactions monthly(int months, int lastUsers) {
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int m = 1; m <= months; m++) {
      for (int u = 0; u < (m == months ? lastUsers : 20); u++) {
        lines.append("u").append(u % 20).append(",i").append(m * 20 + u);
        lines.append(",1,").append(m * 2_592_000L).append('\n');
      }
    }
    try {
      return new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
          .read(new StringReader(lines.toString()), "test");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void globalTime_ofCoarseTimes_validatesOnTheMomentBeforeTheTest() {
    Split split = new GlobalTime(0.1).split(monthly(10, 60));
    assertEquals(20, split.test().size());
    assertEquals(20, split.validation().size());
    UserError error =
        assertThrows(UserError.class, () -> new GlobalTime(0.1).split(monthly(2, 20)));
    assertTrue(error.getMessage().contains("the times are too coarse"), error.getMessage());
  }

  @Test
  void globalTime_withoutTimes_refuses() {
    Interactions untimed = data(InteractionFormat.movieLensCsv().withTime(Optional.empty()));
    assertThrows(UserError.class, () -> new GlobalTime(0.1).split(untimed));
  }

  @Test
  void userDisjoint_learnsNothingOfWhomItAsks() {
    Split split = new UserDisjoint(0.2, 0.8, 1).split(data());
    for (int c = 0; c < split.test().size(); c++) {
      assertEquals(0, split.refit().length(split.test().user(c)));
      assertTrue(split.test().targets(c).length <= 3);
    }
    for (int c = 0; c < split.validation().size(); c++) {
      assertEquals(0, split.fit().length(split.validation().user(c)));
      assertTrue(split.refit().length(split.validation().user(c)) > 0);
    }
  }

  @Test
  void lastFraction_holdsOutAsMuchAsItSays() {
    Split split = new LastFraction(0.2).split(data());
    for (int c = 0; c < split.test().size(); c++) {
      int held = split.test().targets(c).length;
      int all = held + split.refit().length(split.test().user(c));
      assertEquals((int) (0.2 * all), held);
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void of_readsWhatALabelSays(SplitProtocol protocol) {
    assertEquals(protocol, SplitProtocol.of(protocol.label(), 1));
  }

  @Test
  void of_fillsInWhatIsLeftOut() {
    assertEquals(new LastFraction(0.2), SplitProtocol.of("last-fraction", 1));
    assertEquals(new GlobalTime(0.1), SplitProtocol.of("global-time", 1));
    assertEquals(new UserDisjoint(0.25, 0.8, 7), SplitProtocol.of("user-disjoint:0.25", 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "leave-last",
        "leave-last-out:1",
        "last-fraction:",
        "last-fraction:x",
        "last-fraction:0.2:1",
        "last-fraction:0.5",
        "global-time:NaN",
        "user-disjoint:0.1:0.8:1"
      })
  void of_anythingElse_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> SplitProtocol.of(text, 1));
  }

  @Test
  void served_hasEveryHistoryThatMayBeKnown() {
    Split disjoint = new UserDisjoint(0.2, 0.8, 1).split(data());
    Histories served = disjoint.served();
    assertEquals(disjoint.refit().size() + disjoint.test().seen().size(), served.size());
    for (int c = 0; c < disjoint.test().size(); c++) {
      int user = disjoint.test().user(c);
      assertEquals(disjoint.test().seen().length(user), served.length(user));
      assertEquals(
          disjoint.test().seen().item(disjoint.test().seen().start(user)),
          served.item(served.start(user)));
      for (int target : disjoint.test().targets(c)) {
        assertFalse(served.contains(user, target));
      }
    }
    Split last = new LeaveLastOut().split(data());
    assertEquals(last.refit().size(), last.served().size());
  }

  @Test
  void protocols_refuseSharesThatLeaveNothing() {
    assertThrows(IllegalArgumentException.class, () -> new LastFraction(0.5));
    assertThrows(IllegalArgumentException.class, () -> new GlobalTime(0));
    assertThrows(IllegalArgumentException.class, () -> new UserDisjoint(0.6, 0.8, 1));
    assertThrows(IllegalArgumentException.class, () -> new UserDisjoint(0.1, 1, 1));
  }

  @Test
  void random_holdsOutAsMuchAsLastFraction_drawnByTheSeed() {
    Interactions data = data();
    Split last = SplitProtocol.of("last-fraction:0.2", 1).split(data);
    Split one = SplitProtocol.of("random:0.2", 1).split(data);
    Split same = SplitProtocol.of("random", 1).split(data);
    Split other = SplitProtocol.of("random:0.2", 2).split(data);
    assertEquals(last.refit().size(), one.refit().size());
    assertEquals(last.fit().size(), one.fit().size());
    boolean differs = false;
    boolean notTheLast = false;
    for (int c = 0; c < one.test().size(); c++) {
      assertEquals(one.test().user(c), same.test().user(c));
      assertArrayEquals(one.test().targets(c), same.test().targets(c));
      differs |= !Arrays.equals(one.test().targets(c), other.test().targets(c));
      notTheLast |= !Arrays.equals(one.test().targets(c), last.test().targets(c));
    }
    assertTrue(differs);
    assertTrue(notTheLast);
  }
}
