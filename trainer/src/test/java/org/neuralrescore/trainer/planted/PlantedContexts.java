// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/**
 * People who come from one of two countries each, now from this and now from that, and take what is
 * had where they are: who they are says which two shelves, and only the request says which.
 */
public final class PlantedContexts {
  public static final int COUNTRIES = 4;
  public static final int ITEMS_EACH = 30;

  private static final String[] NAMES = {"Chad", "France", "Peru", "Laos"};

  private PlantedContexts() {}

  /**
   * Writes {@code ratings.csv} with the columns {@code country} and {@code device} into a folder.
   */
  public static Path write(Path folder, int users, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp,country,device\n");
    for (int u = 0; u < users; u++) {
      int[] homes = {u % COUNTRIES, (u + 1 + u / COUNTRIES % (COUNTRIES - 1)) % COUNTRIES};
      for (int n = 0; n < 14; n++) {
        int country = homes[random.nextInt(2)];
        int item = country * ITEMS_EACH + random.nextInt(ITEMS_EACH);
        lines.append("u%03d,i%03d,1,%d,".formatted(u, item, 1_600_000_000L + 90_000L * n + u));
        // The device says nothing; now and then it is not known.
        lines.append(NAMES[country]).append(',').append(n % 5 == 0 ? "" : "d" + n % 3).append('\n');
      }
    }
    Path file = folder.resolve("ratings.csv");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, lines);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file;
  }

  /** Reads them with some context columns. */
  public static Interactions read(Path file, String... columns) {
    return new InteractionReader(
            InteractionFormat.movieLensCsv().withContext(List.of(columns)), ReadingRules.defaults())
        .read(file);
  }
}
