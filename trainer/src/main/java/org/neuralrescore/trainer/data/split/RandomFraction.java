// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * A part of every user's history, drawn at random, is the test and another of the same length the
 * validation: for data without times, whose last lines are no sample of anything. Where there are
 * times it is kinder than life is, for a model then learns from what came after.
 *
 * @param fraction the test's share of a history, above 0 and below 1/2, rounded down
 * @param seed of the draw
 */
public record RandomFraction(double fraction, long seed) implements SplitProtocol {
  public RandomFraction {
    if (!(fraction > 0) || !(fraction < 0.5)) {
      throw new IllegalArgumentException(
          "random split expects a fraction above 0 and below 1/2, got " + fraction);
    }
  }

  @Override
  public String label() {
    return "random:" + fraction;
  }

  @Override
  public Split split(Interactions data) {
    Histories all = data.histories();
    Cut cut = new Cut(all);
    SplittableRandom random = new SplittableRandom(seed);
    for (int u = 0; u < all.userCount(); u++) {
      int held = (int) (fraction * all.length(u));
      int[] drawn = draw(random, all.length(u), 2 * held);
      for (int i = 0; i < drawn.length; i++) {
        int position = all.start(u) + drawn[i];
        if (i < held) {
          cut.test(position, position + 1);
        } else {
          cut.validation(position, position + 1);
        }
      }
    }
    return cut.split(label());
  }

  /** The first places of a shuffle of {@code 0 .. length - 1} (Fisher-Yates). */
  private static int[] draw(SplittableRandom random, int length, int count) {
    int[] places = new int[length];
    Arrays.setAll(places, i -> i);
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, length);
      int drawn = places[other];
      places[other] = places[i];
      places[i] = drawn;
    }
    return Arrays.copyOf(places, count);
  }
}
