// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * A data set cut in three that never meet: options and epochs are chosen on {@code validation}
 * after learning from {@code fit}; figures are reported on {@code test} after learning from {@code
 * refit}.
 *
 * @param fit what may be learned from while choosing
 * @param validation cases to choose on
 * @param refit what may be learned from once all is chosen: fit and validation
 * @param test cases to report on
 */
public record Split(Histories fit, EvaluationSet validation, Histories refit, EvaluationSet test) {
  /** Scores of one ranking of all test cases: every item competes in every case. */
  private static final long AFFORDABLE_SCORES = 600_000_000L;

  /** Of however many items. */
  private static final int FEWEST_CASES = 10_000;

  /** Of however few: intervals draw each of them anew some thousand times. */
  private static final int MOST_CASES = 200_000;

  /**
   * Cut from all interactions; what can be chosen on gives nothing away ({@link KnownItems}).
   *
   * @param all of both sides
   */
  static Split of(
      Histories all, Histories fit, EvaluationSet validation, Histories refit, EvaluationSet test) {
    return new Split(fit, KnownItems.of(all, fit, validation), refit, test);
  }

  /**
   * How many cases are asked where nobody says how many: all of up to {@value #AFFORDABLE_SCORES}
   * scores a ranking. Training is linear in the interactions; all cases of a million users with all
   * of a hundred thousand items are not, and tell no more than the third digit. A network ranks
   * about two million items a second on two cores: five minutes. No more than {@value #MOST_CASES}
   * either, whose intervals are a tenth of a percent wide.
   */
  static int affordableCases(int items) {
    long affordable = AFFORDABLE_SCORES / Math.max(1, items);
    return (int) Math.min(MOST_CASES, Math.max(FEWEST_CASES, affordable));
  }

  /**
   * The same with some of the test cases, drawn with a seed where there are more.
   *
   * @param atMost so many; empty: as many as {@link #affordableCases} says
   */
  public Split withTestCases(OptionalInt atMost, long seed) {
    int cases = atMost.orElseGet(() -> affordableCases(refit.itemCount()));
    return new Split(fit, validation, refit, test.sample(cases, new SplittableRandom(seed)));
  }

  /**
   * The same with some of the validation cases, as many as {@link #affordableCases} says, drawn
   * with a seed where there are more: for who ranks all of them for each of many candidates.
   */
  public Split withAffordableValidation(long seed) {
    int cases = affordableCases(fit.itemCount());
    return new Split(fit, validation.sample(cases, new SplittableRandom(seed)), refit, test);
  }

  /**
   * What is known of every user when a model ships: what was learned from and, of users that were
   * not learned from, what is folded in when they are asked about.
   */
  public Histories served() {
    return refit.orElse(test.seen());
  }
}
