// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.pipeline.UserEncoding;

/** Users encoded on executors are those of one machine, to the bit. */
class SparkEncodingTest {
  private static final int RANK = 6;

  @TempDir Path folder;
  @TempDir Path scratch;

  /** More users than a block has, each of a few items. */
  private Histories histories() throws IOException {
    StringBuilder lines = new StringBuilder("user,item,at\n");
    SplittableRandom random = new SplittableRandom(3);
    for (int user = 0; user < 2 * UserEncoding.BLOCK + 5; user++) {
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        lines.append(
            "u%06d,i%d,%d\n"
                .formatted(user, random.nextInt(90), 1_500_000_000 + random.nextInt(1 << 26)));
      }
    }
    Path file = Files.writeString(folder.resolve("a.csv"), lines);
    return new InteractionReader(
            new InteractionFormat(
                ",", List.of(), "user", "item", Optional.empty(), Optional.of("at"), List.of()),
            ReadingRules.defaults())
        .read(DataFiles.of(List.of(file), System.in))
        .histories();
  }

  @Test
  void users_areThoseOfOneMachine() throws IOException {
    Histories histories = histories();
    SplittableRandom random = new SplittableRandom(4);
    float[] items = new float[histories.itemCount() * RANK];
    for (int v = RANK; v < items.length; v++) {
      items[v] = random.nextInt(3) == 0 ? 0f : (float) random.nextDouble();
    }
    float[] gram = new float[RANK * RANK];
    for (int i = 0; i < items.length; i += RANK) {
      for (int a = 0; a < RANK; a++) {
        for (int b = 0; b < RANK; b++) {
          gram[a * RANK + b] += 0.1f * items[i + a] * items[i + b];
        }
      }
    }
    HistoryEncoder encoder =
        new HistoryEncoder(
            new FactorMatrix(histories.itemCount(), RANK, items),
            new ImplicitFoldIn(RANK, gram, 0.01f, 9f, 48),
            new HistoryWeighting(0.2, 30, CellValues.ONE));
    try (Workers workers = new Workers(2);
        Session session = Session.start(TestSpark.options(scratch))) {
      FactorMatrix here = encoder.encodeAll(histories, workers);
      float[] there = new float[here.values().length];
      int[] next = {0};
      new SparkEncoding(session::spark, Optional::empty)
          .encode(
              encoder,
              histories,
              workers,
              (first, block) -> {
                assertEquals(next[0], first);
                next[0] += block.rows();
                System.arraycopy(block.values(), 0, there, first * RANK, block.values().length);
              });
      assertEquals(histories.userCount(), next[0]);
      assertArrayEquals(here.values(), there);
    }
  }
}
