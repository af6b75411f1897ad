// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

class BiasedFactorisationTest {
  private static final int USERS = 120;
  private static final int ITEMS = 80;
  private static final double NOISE = 0.25;

  @TempDir Path folder;

  /** Ratings of biases and two planted non-negative factors, with noise of {@value #NOISE}. */
  static List<String> planted(long seed) {
    SplittableRandom random = new SplittableRandom(42);
    double[] userBias = random.doubles(USERS, -0.7, 0.7).toArray();
    double[] itemBias = random.doubles(ITEMS, -0.7, 0.7).toArray();
    SplittableRandom noise = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      for (int i = 0; i < ITEMS; i++) {
        double taste = u % 2 == i % 2 ? 1.2 : 0;
        double rating = 2.4 + userBias[u] + itemBias[i] + taste + NOISE * noise.nextGaussian();
        double clipped = Math.min(5, Math.max(0.5, rating));
        if (noise.nextInt(2) == 0) {
          lines.add("u" + u + "\ti" + i + "\t" + clipped + "\t" + (i + 1));
        }
      }
    }
    return lines;
  }

  private Interactions read(List<String> lines) throws IOException {
    Path file = Files.write(folder.resolve("u.data"), lines);
    return new InteractionReader(InteractionFormat.movieLens100k(), ReadingRules.defaults())
        .read(file);
  }

  private static BiasedFactorisation.Result fit(Histories ratings, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new BiasedFactorisation(
              RatingOptions.defaults().withRank(4).withRegularisation(0.002, 1), workers)
          .fit(ratings, Progress.none());
    }
  }

  @Test
  void fit_onPlantedRatings_lowersTheLossEverySweep() throws IOException {
    List<Double> objective = fit(read(planted(1)).histories(), 2).objective();

    for (int sweep = 1; sweep < objective.size(); sweep++) {
      assertTrue(
          objective.get(sweep) <= objective.get(sweep - 1) * (1 + 1e-12),
          "sweep " + sweep + ": " + objective);
    }
    assertTrue(objective.get(objective.size() - 1) < 0.9 * objective.get(0), objective.toString());
  }

  @Test
  void fit_onPlantedRatings_predictsHeldOutOnesNearTheNoise() throws IOException {
    RatingFold fold = RatingFold.draw(read(planted(1)).histories(), 5, 3).get(0);

    RatingError error = fold.error(fit(fold.learned(), 2).model());

    assertTrue(error.rmse() < 1.3 * NOISE, error.toString());
    assertTrue(error.mae() < error.rmse(), error.toString());
  }

  @Test
  void fit_always_givesNonNegativeFactors() throws IOException {
    RatingModel model = fit(read(planted(1)).histories(), 1).model();

    assertTrue(Arrays.stream(model.users()).allMatch(v -> v >= 0));
    assertTrue(Arrays.stream(model.items()).allMatch(v -> v >= 0));
    assertTrue(Arrays.stream(model.items()).anyMatch(v -> v == 0), "the constraint never bound");
  }

  @Test
  void fit_onAnyNumberOfThreads_givesTheSameBits() throws IOException {
    Histories ratings = read(planted(1)).histories();
    BiasedFactorisation.Result expected = fit(ratings, 1);
    for (int threads : new int[] {2, 4}) {
      BiasedFactorisation.Result actual = fit(ratings, threads);
      assertEquals(expected.objective(), actual.objective());
      assertArrayEquals(expected.model().items(), actual.model().items(), 0.0);
      assertArrayEquals(expected.model().users(), actual.model().users(), 0.0);
    }
  }

  @Test
  void predict_forAnUnknownPair_isTheMeanWithinTheScale() throws IOException {
    Interactions data = read(List.of("a\tx\t1\t1", "a\ty\t4\t2", "b\tx\t1\t3"));
    RatingModel model = fit(data.histories(), 1).model();

    assertEquals(2, model.predict(-1, -1), 1e-6);
    assertTrue(model.predict(0, 1) <= 4);
    assertTrue(model.predict(1, 0) >= 1);
  }

  @Test
  void fit_ofRatingsThatAreAllTheSame_saysSo() throws IOException {
    Histories same = read(List.of("a\tx\t3\t1", "b\ty\t3\t2")).histories();

    UserError error = assertThrows(UserError.class, () -> fit(same, 1));
    assertTrue(error.getMessage().contains("3.0 to 3.0"), error.getMessage());
  }

  @Test
  void scale_dividesByTheLargestRating() throws IOException {
    Histories ratings = read(List.of("a\tx\t1\t1", "a\ty\t4\t2", "b\tx\t2\t3")).histories();
    RatingScale scale = RatingScale.of(ratings);

    assertArrayEquals(new float[] {0.25f, 1f, 0.5f}, scale.scale(ratings).values());
    assertEquals(4, scale.rating(1.7));
    assertEquals(1, scale.rating(-3));
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> RatingOptions.defaults().withRank(0));
    assertThrows(
        IllegalArgumentException.class, () -> RatingOptions.defaults().withRegularisation(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RatingScale(2, 2));
  }
}
