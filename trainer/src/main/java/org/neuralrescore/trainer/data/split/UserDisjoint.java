// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * Users that training never saw: of some users, drawn with a seed, the first part of the history is
 * folded in and the rest is to be found (Liang et al. 2018). The figure says what the encoder is
 * worth for a new user.
 *
 * @param userFraction the share of users for the test, and as many for the validation; above 0 and
 *     below 1/2
 * @param foldInFraction the share of their history that is folded in, above 0 and below 1
 * @param seed of the draw
 */
public record UserDisjoint(double userFraction, double foldInFraction, long seed)
    implements SplitProtocol {
  public UserDisjoint {
    if (!(userFraction > 0)
        || !(userFraction < 0.5)
        || !(foldInFraction > 0)
        || !(foldInFraction < 1)) {
      throw new IllegalArgumentException(
          "user-disjoint split expects a user fraction between 0 and 1/2 and a fold-in fraction"
              + " between 0 and 1, got "
              + userFraction
              + " and "
              + foldInFraction);
    }
  }

  /** A tenth of the users each, 80 % of their history folded in. */
  public static UserDisjoint defaults(long seed) {
    return new UserDisjoint(0.1, 0.8, seed);
  }

  @Override
  public String label() {
    return "user-disjoint:" + userFraction + ":" + foldInFraction;
  }

  @Override
  public Split split(Interactions data) {
    Histories all = data.histories();
    HeldOut validation = new HeldOut(all);
    HeldOut test = new HeldOut(all);
    boolean[] inFit = new boolean[all.size()];
    boolean[] inRefit = new boolean[all.size()];
    boolean[] seenInValidation = new boolean[all.size()];
    boolean[] seenInTest = new boolean[all.size()];
    SplittableRandom random = new SplittableRandom(seed);
    for (int u = 0; u < all.userCount(); u++) {
      double draw = random.nextDouble();
      int from = all.start(u);
      int end = all.end(u);
      int cut = from + (int) Math.ceil(foldInFraction * all.length(u));
      if (draw < userFraction) {
        test.add(cut, end);
        Arrays.fill(seenInTest, from, cut, true);
      } else if (draw < 2 * userFraction) {
        validation.add(cut, end);
        Arrays.fill(seenInValidation, from, cut, true);
        Arrays.fill(inRefit, from, end, true);
      } else {
        Arrays.fill(inFit, from, end, true);
        Arrays.fill(inRefit, from, end, true);
      }
    }
    return Split.of(
        all,
        all.select(inFit),
        validation.cases(all.select(seenInValidation), label()),
        all.select(inRefit),
        test.cases(all.select(seenInTest), label()));
  }
}
