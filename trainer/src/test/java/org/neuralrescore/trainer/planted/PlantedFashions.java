// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/**
 * Interactions of people without any taste: two new items a day, and everyone always takes one of
 * the last few days. Whoever knows the items' ages knows all there is to know; vectors of users and
 * items say nothing of it.
 */
public final class PlantedFashions {
  /** Days from the first item to the last. */
  private static final int DAYS = 100;

  private static final int ITEMS_A_DAY = 2;
  private static final int FASHION_DAYS = 4;
  private static final long START = 1_000_000_000L;
  private static final long DAY = 86_400L;

  private PlantedFashions() {}

  /** The lines of a file in MovieLens's format. */
  public static List<String> lines(int users, int perUser, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < perUser; n++) {
        // The last two are held out, and all of those are of the last days: what is new then is
        // what is new when the model serves.
        int day = n < perUser - 2 ? FASHION_DAYS + random.nextInt(DAYS - FASHION_DAYS) : DAYS - 1;
        int released = day - random.nextInt(FASHION_DAYS);
        int item = released * ITEMS_A_DAY + random.nextInt(ITEMS_A_DAY);
        long time = START + day * DAY + n * 3600L + random.nextInt(600);
        lines.add("u" + u + ",i" + item + ",5," + time);
      }
    }
    return lines;
  }

  /** As read from such a file. */
  public static Interactions interactions(int users, int perUser, long seed) {
    try {
      Path file = Files.createTempFile("fashions", ".csv");
      Files.write(file, lines(users, perUser, seed));
      Interactions read =
          new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
              .read(file);
      Files.delete(file);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
