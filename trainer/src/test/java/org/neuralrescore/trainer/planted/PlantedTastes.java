// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.combine.category.ItemCategories;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/**
 * Interactions with a truth to find: items and users belong to groups, users touch their own
 * group's items nine times in ten and rate them higher. Item {@code i} is of group {@code i %
 * groups}, and so is user {@code u}.
 */
public final class PlantedTastes {
  private final int groups;
  private final Interactions interactions;

  public PlantedTastes(int groups, int users, int items, int perUser, long seed) {
    this.groups = groups;
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < perUser; n++) {
        boolean own = random.nextInt(10) < 9;
        int item =
            random.nextInt(items / groups) * groups + (own ? u : random.nextInt(groups)) % groups;
        boolean liked = item % groups == u % groups;
        double rating = (liked ? 4 : 2) + random.nextInt(2);
        lines.add("u" + u + ",i" + item + "," + rating + "," + (1_000_000_000L + n * 3600L));
      }
    }
    try {
      Path file = Files.createTempFile("planted", ".csv");
      Files.write(file, lines);
      interactions =
          new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
              .read(file);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Interactions interactions() {
    return interactions;
  }

  /** The group of an item row. */
  public int group(int item) {
    return Integer.parseInt(interactions.items().get(item).substring(1)) % groups;
  }

  /** One category a group, {@code g0}, {@code g1} and so on. */
  public ItemCategories categories() {
    Map<String, List<String>> byId = new HashMap<>();
    for (int row = 0; row < interactions.items().size(); row++) {
      byId.put(interactions.items().get(row), List.of("g" + group(row)));
    }
    return ItemCategories.of(interactions.items(), byId);
  }
}
