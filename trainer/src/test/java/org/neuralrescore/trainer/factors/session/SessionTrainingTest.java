// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;

class SessionTrainingTest {
  private static final int KINDS = 4;
  private static final int PER_KIND = 70;
  private static final Histories HISTORIES = Baskets.ofKinds(KINDS, PER_KIND, 120, 5, 6);
  private static final SessionOptions OPTIONS =
      SessionOptions.defaults()
          .withRank(8)
          .withBatch(50)
          .withEpochs(30)
          .withShrinkage(1)
          .withLearningRate(0.03);

  private static TwoSidedItems train(Histories histories, SessionOptions options, int threads) {
    try (Workers workers = new Workers(threads)) {
      return SessionTraining.run(histories, options, workers, Progress.none());
    }
  }

  private static double score(TwoSidedItems items, int seen, int asked) {
    int rank = items.rank();
    double sum = 0;
    for (int f = 0; f < rank; f++) {
      sum += items.evidence()[seen * rank + f] * items.factors()[asked * rank + f];
    }
    return sum;
  }

  @Test
  void run_onBasketsOfOneKind_ranksTheSameKindFirst() {
    TwoSidedItems items = train(HISTORIES, OPTIONS, 2);

    int right = 0;
    int pairs = 0;
    for (int seen = 0; seen < items.itemCount(); seen++) {
      for (int place = 0; place < PER_KIND; place++) {
        int own = seen / PER_KIND * PER_KIND + place;
        int other = (own + PER_KIND * (1 + seen % (KINDS - 1))) % items.itemCount();
        right += score(items, seen, own) > score(items, seen, other) ? 1 : 0;
        pairs++;
      }
    }
    assertTrue(right > 0.95 * pairs, right + " of " + pairs + " in order");
  }

  @Test
  void run_lossFalls_belowThatOfGuessingAmongAll() {
    List<Double> losses = train(HISTORIES, OPTIONS, 2).losses();

    double guessing = Math.log(KINDS * PER_KIND);
    assertEquals(OPTIONS.epochs(), losses.size());
    assertEquals(guessing, losses.get(0), 0.2);
    assertTrue(losses.get(losses.size() - 1) < guessing - 0.8, losses.toString());
  }

  @Test
  void run_ofOneStep_moves() {
    Histories few = Baskets.of("u,a,1,1", "u,b,1,1", "v,a,1,1", "v,b,1,1", "w,c,1,1", "w,d,1,1");
    SessionOptions once = OPTIONS.withEpochs(1);
    try (Workers workers = new Workers(1)) {
      TwoSidedItems start =
          SessionTraining.run(
              few, once, Optional.empty(), 0, items -> {}, workers, Progress.none());
      TwoSidedItems moved = SessionTraining.run(few, once, workers, Progress.none());
      assertFalse(Arrays.equals(start.factors(), moved.factors()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void run_onAnyNumberOfThreads_givesTheSameBits(int threads) {
    SessionOptions options = OPTIONS.withEpochs(3);
    TwoSidedItems alone = train(HISTORIES, options, 1);
    TwoSidedItems together = train(HISTORIES, options, threads);

    assertArrayEquals(alone.factors(), together.factors());
    assertArrayEquals(alone.evidence(), together.evidence());
    assertEquals(alone.losses(), together.losses());
  }

  @Test
  void run_withAnotherSeed_givesOtherFactors() {
    SessionOptions options = OPTIONS.withEpochs(1);
    float[] one = train(HISTORIES, options, 1).factors();
    assertFalse(Arrays.equals(one, train(HISTORIES, options.withSeed(43), 1).factors()));
  }

  @Test
  void run_bothSides_areNotNegative() {
    TwoSidedItems items = train(HISTORIES, OPTIONS.withEpochs(2), 1);

    assertEquals(0f, smallest(items.factors()));
    assertEquals(0f, smallest(items.evidence()));
  }

  @Test
  void run_stoppedEarly_standsWhereTheWholeRunDidThen() {
    SessionOptions options = OPTIONS.withEpochs(4);
    try (Workers workers = new Workers(1)) {
      List<TwoSidedItems> heard = new ArrayList<>();
      TwoSidedItems whole =
          SessionTraining.run(
              HISTORIES, options, Optional.empty(), 4, heard::add, workers, Progress.none());
      TwoSidedItems early =
          SessionTraining.run(
              HISTORIES, options, Optional.empty(), 2, items -> {}, workers, Progress.none());
      assertEquals(4, heard.size());
      assertArrayEquals(heard.get(1).factors(), early.factors());
      assertArrayEquals(heard.get(3).evidence(), whole.evidence());
      assertEquals(whole.losses().subList(0, 2), early.losses());
      assertThrows(
          IllegalArgumentException.class,
          () ->
              SessionTraining.run(
                  HISTORIES, options, Optional.empty(), 5, i -> {}, workers, Progress.none()));
    }
  }

  private static float smallest(float[] values) {
    float smallest = values[0];
    for (float value : values) {
      smallest = Math.min(smallest, value);
    }
    return smallest;
  }

  @Test
  void run_itemThatNobodyTouched_hasZeros() {
    boolean[] keep = new boolean[HISTORIES.size()];
    for (int p = 0; p < keep.length; p++) {
      keep[p] = HISTORIES.item(p) != 5;
    }
    TwoSidedItems items = train(HISTORIES.select(keep), OPTIONS.withEpochs(1), 1);

    int rank = items.rank();
    assertArrayEquals(new float[rank], Arrays.copyOfRange(items.factors(), 5 * rank, 6 * rank));
    assertArrayEquals(new float[rank], Arrays.copyOfRange(items.evidence(), 5 * rank, 6 * rank));
    assertTrue(score(items, 6, 6) > 0);
  }

  @Test
  void run_batchLargerThanAllSessions_learnsFromAll() {
    Histories few = Baskets.of("u,a,1,1", "u,b,1,1", "v,a,1,1", "v,c,1,2", "w,c,1,9");
    TwoSidedItems items = train(few, OPTIONS.withBatch(1000).withEpochs(2), 2);

    Sessions sessions = Sessions.of(few, OPTIONS.sessions());
    assertEquals(2, sessions.size());
    assertEquals(2, sessions.skipped());
    assertEquals(2, items.losses().size());
  }

  @Test
  void run_nothingToPredict_isRefusedInOneLine() {
    Histories lone = Baskets.of("u,a,1,1", "v,b,1,1");
    UserError error = assertThrows(UserError.class, () -> train(lone, OPTIONS, 1));

    assertEquals(UserError.Kind.INPUT, error.kind());
    assertEquals(
        "session factors need sessions of 2 items, or of 1 with another before it, got none in 2"
            + " interactions; take longer histories or another --factors",
        error.getMessage());
  }
}
