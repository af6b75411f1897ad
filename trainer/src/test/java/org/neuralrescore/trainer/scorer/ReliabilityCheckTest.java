// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.LastFraction;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.split.UserDisjoint;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.Reliability;
import org.neuralrescore.trainer.planted.PlantedTastes;

class ReliabilityCheckTest {
  private static final float SURE = 30f;

  private static final Interactions DATA = new PlantedTastes(4, 90, 40, 12, 3).interactions();

  /** Log-odds by user and item. */
  private record Logits(ToDoubleBiFunction<Integer, Integer> logits) implements Ranker {
    @Override
    public String label() {
      return "told";
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      for (int item = 0; item < scores.length; item++) {
        scores[item] = (float) logits.applyAsDouble(user, item);
      }
    }
  }

  private static Reliability check(
      Split split, NegativeSampling sampling, int threads, Ranker ranker) {
    try (Workers workers = new Workers(threads)) {
      return new ReliabilityCheck(4, sampling, 5).run(ranker, split.test(), split.refit(), workers);
    }
  }

  private static boolean isTarget(EvaluationSet set, int user, int item) {
    for (int c = 0; c < set.size(); c++) {
      if (set.user(c) == user) {
        for (int target : set.targets(c)) {
          if (target == item) {
            return true;
          }
        }
      }
    }
    return false;
  }

  @ParameterizedTest
  @EnumSource(NegativeSampling.class)
  void run_oneWhoKnowsTheTargets_isNeverWrong_underEveryProtocol(NegativeSampling sampling) {
    for (Split split :
        new Split[] {
          new LeaveLastOut().split(DATA),
          new LastFraction(0.2).split(DATA),
          new UserDisjoint(0.3, 0.7, 1).split(DATA)
        }) {
      EvaluationSet test = split.test();
      // Sure of what is a target, and of what was seen: none of that may be drawn as a negative.
      Reliability reliability =
          check(
              split,
              sampling,
              2,
              new Logits(
                  (user, item) ->
                      isTarget(test, user, item) || test.seen().contains(user, item)
                          ? SURE
                          : -SURE));
      assertEquals(0, reliability.expectedError(), 1e-9);
      assertEquals(0.2, reliability.observed(), 1e-12);
    }
  }

  @Test
  void run_oneWhoAlwaysSaysTheShareOfPositives_isCalibratedAndKnowsNothing() {
    Split split = new LeaveLastOut().split(DATA);
    double share = Math.log(0.2 / 0.8);
    Reliability reliability =
        check(split, NegativeSampling.UNIFORM, 1, new Logits((user, item) -> share));
    assertEquals(0, reliability.expectedError(), 1e-6);
    assertEquals(0.16, reliability.brier(), 1e-6);
    assertEquals(5 * split.test().size(), reliability.rows());
  }

  @Test
  void run_oneWhoIsTooSure_isFoundOut() {
    Split split = new LeaveLastOut().split(DATA);
    Reliability reliability =
        check(split, NegativeSampling.UNIFORM, 1, new Logits((user, item) -> SURE));
    assertTrue(reliability.expectedError() > 0.79, "error " + reliability.expectedError());
  }

  @Test
  void run_givesTheSameBitsOnAnyNumberOfThreads() {
    Split split = new LastFraction(0.2).split(DATA);
    Ranker ranker = new Logits((user, item) -> Math.sin(user * 7.0 + item));
    assertEquals(
        check(split, NegativeSampling.POPULARITY, 1, ranker),
        check(split, NegativeSampling.POPULARITY, 3, ranker));
  }
}
