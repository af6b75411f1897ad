package org.neuralrescore.trainer.nmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.InteractionFormat;
import org.neuralrescore.trainer.dataset.InteractionReader;
import org.neuralrescore.trainer.dataset.ReadingRules;
import org.neuralrescore.trainer.dataset.RowScheme;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

class FactorModelTest {
  private static final int RANK = 5;
  private static final ImplicitAlsOptions OPTIONS =
      ImplicitAlsOptions.defaults().withRank(RANK).withSweeps(40);

  @TempDir static Path folder;
  private static Histories histories;

  @BeforeAll
  static void plant() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder lines = new StringBuilder("userId,movieId,rating,timestamp\n");
    for (int u = 0; u < 60; u++) {
      for (int n = 0; n < 8; n++) {
        int item = random.nextInt(8) * RANK + u % RANK;
        lines.append("u").append(u).append(",i").append(item).append(",1,");
        lines.append(100_000L * n).append('\n');
      }
    }
    lines.append("u0,rare,1,900000\n");
    Path file = folder.resolve("planted.csv");
    Files.writeString(file, lines);
    histories =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(file)
            .histories();
  }

  private static FactorModel learn(RowScheme rows, HistoryWeighting weighting) {
    try (Workers workers = new Workers(2)) {
      return FactorModel.learn(
          histories,
          OPTIONS,
          rows,
          EncoderOptions.defaults().withIterations(200).withWeighting(weighting),
          ImplicitAls::fit,
          workers,
          Progress.none());
    }
  }

  private static void assertPrefixesAreFoldIns(HistoryWeighting weighting) {
    HistoryEncoder encoder = learn(RowScheme.users(), weighting).encoder();
    PrefixEncoder prefixes = new PrefixEncoder(encoder);
    for (int user = 0; user < 20; user++) {
      int u = user;
      int[] calls = new int[1];
      prefixes.walk(
          histories,
          u,
          position -> true,
          (position, vector) -> {
            float[] expected = encoder.encode(histories, u, position);
            double largest = 1e-3;
            for (float value : expected) {
              largest = Math.max(largest, value);
            }
            for (int f = 0; f < RANK; f++) {
              assertEquals(expected[f], vector[f], 0.01 * largest, "user " + u);
            }
            calls[0]++;
          });
      assertEquals(histories.length(u) - 1, calls[0]);
    }
  }

  @Test
  void prefixes_areWhatTheEncoderGives() {
    assertPrefixesAreFoldIns(HistoryWeighting.uniform());
  }

  @Test
  void prefixes_areWhatTheEncoderGives_withRecencyWeights() {
    assertPrefixesAreFoldIns(new HistoryWeighting(0.1, 2));
  }

  @Test
  void itemWithoutItsOnlyUser_isZero() {
    for (RowScheme rows : new RowScheme[] {RowScheme.users(), RowScheme.usersAndSessions(1)}) {
      ItemsWithoutUser without = learn(rows, HistoryWeighting.uniform()).itemsWithoutUser();
      int rare = histories.item(histories.end(0) - 1);
      assertEquals(1, histories.popularity()[rare]);
      without.select(rare);
      for (double value : without.without(0)) {
        assertEquals(0.0, value);
      }
    }
  }

  @Test
  void itemWithoutOneOfManyUsers_knowsThatUserLess() {
    FactorModel model = learn(RowScheme.usersAndSessions(1), HistoryWeighting.uniform());
    ItemsWithoutUser without = model.itemsWithoutUser();
    int user = 3;
    int item = histories.item(histories.start(user));
    float[] vector = model.encoder().encode(histories, user);
    without.select(item);
    double[] less = without.without(user);
    double full = 0;
    double reduced = 0;
    for (int f = 0; f < RANK; f++) {
      full += vector[f] * model.encoder().items().values()[item * RANK + f];
      reduced += vector[f] * less[f];
    }
    assertTrue(reduced < full, reduced + " against " + full);
    assertTrue(reduced > 0.3 * full, "others like user 3 keep the item's taste: " + reduced);
  }

  @Test
  void itemWithoutAUserWhoNeverTouchedIt_isRefused() {
    ItemsWithoutUser without =
        learn(RowScheme.users(), HistoryWeighting.uniform()).itemsWithoutUser();
    without.select(histories.item(histories.end(0) - 1));
    assertThrows(IllegalArgumentException.class, () -> without.without(1));
  }

  @Test
  void encoderOptions_giveTheFoldInALossOfItsOwn() {
    try (Workers workers = new Workers(1)) {
      FactorModel model =
          FactorModel.learn(
              histories,
              OPTIONS,
              RowScheme.users(),
              EncoderOptions.defaults().withLoss(0.5, 0.25),
              ImplicitAls::fit,
              workers,
              Progress.none());
      assertEquals(0.25f, model.encoder().foldIn().lambda());
      assertEquals(0.5f * histories.itemCount(), model.encoder().foldIn().unobserved(), 1e-4);
    }
  }
}
