// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

class RatingFoldTest {
  @TempDir Path folder;

  /** Every fifth item of each user is the fold's test, as in the published folds. */
  private void writeFolds() throws IOException {
    List<String> lines = BiasedFactorisationTest.planted(1);
    for (int fold = 1; fold <= 5; fold++) {
      int tested = fold - 1;
      Files.write(
          folder.resolve("u" + fold + ".base"),
          lines.stream().filter(line -> Math.floorMod(line.hashCode(), 5) != tested).toList());
      Files.write(
          folder.resolve("u" + fold + ".test"),
          lines.stream().filter(line -> Math.floorMod(line.hashCode(), 5) == tested).toList());
    }
  }

  @Test
  void run_onTheLayoutOfMovieLens100k_comesNearTheNoiseInAllFiveFolds() throws IOException {
    writeFolds();
    List<RatingFold> folds = RatingFold.movieLens100k(folder);

    try (Workers workers = new Workers(2)) {
      CrossValidation result =
          CrossValidation.run(
              folds,
              RatingOptions.defaults().withRank(4).withRegularisation(0.002, 1),
              workers,
              Progress.none());

      assertEquals(
          List.of("u1", "u2", "u3", "u4", "u5"),
          result.folds().stream().map(RatingError::fold).toList());
      assertTrue(result.rmse() < 0.34, result.toString());
      assertTrue(result.deviation() < 0.05, result.toString());
      assertEquals(
          BiasedFactorisationTest.planted(1).size(),
          result.folds().stream().mapToInt(RatingError::ratings).sum());
    }
  }

  @Test
  void movieLens100k_withAFileMissing_namesIt() throws IOException {
    writeFolds();
    Files.delete(folder.resolve("u4.test"));

    UserError error = assertThrows(UserError.class, () -> RatingFold.movieLens100k(folder));
    assertTrue(error.getMessage().contains("u4.test: no such file"), error.getMessage());
  }

  @Test
  void of_withUnknownUserAndItem_predictsThemFromTheMean() throws IOException {
    Interactions base =
        read("base", List.of("a\tx\t2\t1", "a\ty\t4\t2", "b\tx\t2\t1", "b\ty\t4\t2"));
    Interactions test = read("test", List.of("s\tnew\t3\t1", "t\tother\t3\t1"));

    try (Workers workers = new Workers(1)) {
      RatingFold fold = RatingFold.of("one", base, test);
      RatingError error =
          fold.error(
              new BiasedFactorisation(RatingOptions.defaults(), workers)
                  .fit(fold.learned(), Progress.none())
                  .model());
      assertEquals(0, error.rmse(), 1e-6);
      assertEquals(2, error.ratings());
    }
  }

  @Test
  void draw_predictsEveryRatingOnce() throws IOException {
    Interactions data = read("all", BiasedFactorisationTest.planted(1));
    List<RatingFold> folds = RatingFold.draw(data.histories(), 3, 9);

    int size = data.histories().size();
    assertEquals(size, folds.stream().mapToInt(RatingFold::size).sum());
    for (RatingFold fold : folds) {
      assertEquals(size, fold.size() + fold.learned().size());
    }
    assertThrows(IllegalArgumentException.class, () -> RatingFold.draw(data.histories(), 1, 9));
  }

  /** Measured: 0.8638 (k = 20, ridge .02, damping 4, one fold of five, seed 7). */
  @Test
  void run_onMovieLensSmall_staysInItsBand() {
    Path file =
        Path.of(System.getProperty("neuralrescore.root", "."))
            .resolve("../shared/data/ml-latest-small/ratings.csv");
    Assumptions.assumeTrue(Files.isRegularFile(file), file + " is not here");
    Interactions data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults()).read(file);

    try (Workers workers = new Workers(2)) {
      List<RatingFold> folds = RatingFold.draw(data.histories(), 5, 7).subList(0, 1);
      double rmse =
          CrossValidation.run(folds, RatingOptions.defaults(), workers, Progress.none()).rmse();
      assertEquals(0.863, rmse, 0.006);
    }
  }

  private Interactions read(String name, List<String> lines) throws IOException {
    Path file = Files.write(folder.resolve(name + ".tsv"), lines);
    return new InteractionReader(InteractionFormat.movieLens100k(), ReadingRules.defaults())
        .read(file);
  }
}
