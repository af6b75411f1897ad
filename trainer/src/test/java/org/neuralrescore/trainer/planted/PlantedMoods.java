// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.planted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * Interactions of people without a lasting taste: everyone is in a mood, takes items of its kind,
 * and after some of them falls into any other. The last items say what comes next; the whole
 * history says which moods there were, the present one hardly louder than the others. Item {@code
 * i} is of kind {@code i % kinds}.
 */
public final class PlantedMoods {
  private static final int KINDS = 8;
  private static final int ITEMS = 160;
  private static final int MOOD = 4;

  private PlantedMoods() {}

  /** The lines of a file in MovieLens's format. */
  public static List<String> lines(int users, int perUser, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < users; u++) {
      int kind = random.nextInt(KINDS);
      Set<Integer> taken = new HashSet<>();
      for (int n = 0; n < perUser; n++) {
        // The last four are of one mood: what is held out follows two of its kind at least.
        if (n < perUser - MOOD && random.nextInt(MOOD) == 0) {
          kind = random.nextInt(KINDS);
        }
        int item = item(kind, random);
        while (!taken.add(item)) {
          item = item(kind, random);
        }
        lines.add("u" + u + ",i" + item + ",5," + (1_000_000_000L + n * 3600L));
      }
    }
    return lines;
  }

  private static int item(int kind, SplittableRandom random) {
    return random.nextInt(ITEMS / KINDS) * KINDS + kind;
  }

  /** As read from such a file. */
  public static Interactions interactions(int users, int perUser, long seed) {
    return PlantedLines.read(lines(users, perUser, seed));
  }
}
