// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/** Histories of baskets: from lines, or with a kind of goods a basket planted in them. */
public final class Baskets {
  static final long DAY = 86_400;

  private Baskets() {}

  /**
   * Reads.
   *
   * @param lines such as {@code u,a,1,86400}, times in seconds
   */
  public static Histories of(String... lines) {
    try {
      Path file = Files.createTempFile("baskets", ".csv");
      List<String> all = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
      all.addAll(List.of(lines));
      Files.write(file, all);
      Histories histories =
          new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
              .read(file)
              .histories();
      Files.delete(file);
      return histories;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Every user fills some baskets, each with goods of one kind. Item row {@code i} is of kind
   * {@code i / itemsPerKind}.
   */
  static Histories ofKinds(int kinds, int itemsPerKind, int users, int baskets, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < kinds * itemsPerKind; i++) {
      lines.append("first,i").append(10_000 + i).append(",1,").append(40 * DAY * i).append('\n');
    }
    for (int u = 0; u < users; u++) {
      for (int b = 0; b < baskets; b++) {
        int kind = random.nextInt(kinds);
        for (int n = 0; n < 4; n++) {
          int item = kind * itemsPerKind + random.nextInt(itemsPerKind);
          lines.append("u").append(u).append(",i").append(10_000 + item).append(",1,");
          lines.append(DAY * (1 + b * 40)).append('\n');
        }
      }
    }
    return of(lines.toString().strip().split("\n"));
  }
}
