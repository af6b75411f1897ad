// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Interactions with an order: the items stand in rings, and who took one takes the next of its ring
 * with the next step, or now and then begins in another ring. Item {@code i} is followed by {@link
 * #next}, never by the one before it: what goes together says both alike.
 */
public final class PlantedSteps {
  /** Items of a ring. */
  public static final int RING = 10;

  private static final int RINGS = 6;

  private PlantedSteps() {}

  /** All items. */
  public static int items() {
    return RING * RINGS;
  }

  /** The item after one. */
  public static int next(int item) {
    return item - item % RING + (item + 1) % RING;
  }

  /** The item before one. */
  public static int before(int item) {
    return item - item % RING + (item + RING - 1) % RING;
  }

  /** The lines of a file in MovieLens's format, an hour from one to the next of a user. */
  public static List<String> lines(int users, int perUser, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < users; u++) {
      boolean[] taken = new boolean[items()];
      int item = random.nextInt(items());
      for (int n = 0; n < perUser; n++) {
        if (n > 0) {
          item = random.nextInt(10) == 0 ? random.nextInt(items()) : next(item);
        }
        while (taken[item]) {
          item = random.nextInt(items());
        }
        taken[item] = true;
        lines.add("u" + u + ",i" + item + ",5," + (1_000_000_000L + n * 3600L));
      }
    }
    return lines;
  }
}
