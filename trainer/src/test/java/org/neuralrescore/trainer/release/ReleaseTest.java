// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Generation;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.pipeline.CombinationOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.scorer.ScorerOptions;

class ReleaseTest {
  @TempDir Path folder;

  @Test
  void run_stoppedWhileBaselinesAreEvaluated_keepsItsWholeBundle() throws IOException {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(100, 40, 3));
    Interactions data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(folder.resolve("data/ratings.csv"));
    TrainingOptions options = TrainingOptions.defaults();
    options =
        options
            .withFactors(options.factors().with(3, 3, 42))
            .withScorer(ScorerOptions.defaults().withHidden(List.of(2)).withEpochs(1));
    Release release = new Release(folder.resolve("models"), "test", List.of(Baseline.EASE));
    Progress stopsThere =
        (name, total) -> {
          if (name.toLowerCase(Locale.ROOT).contains("ease")) {
            throw new CancellationException(name);
          }
          return Progress.none().start(name, total);
        };
    TrainingOptions small = options;
    assertThrows(
        CancellationException.class,
        () -> release.run("films", data, List.of(), small, stopsThere));
    try (Stream<Path> files = Files.list(folder.resolve("models/films"))) {
      List<Path> left = files.toList();
      assertEquals(1, left.size(), left.toString());
      Bundle bundle = Bundle.open(left.get(0));
      assertTrue(bundle.reference().startsWith("films/"), bundle.reference());
    }
    // The same run again judges it.
    Release.Released judged = release.run("films", data, List.of(), small, Progress.none());
    assertTrue(judged.stood());
    assertTrue(VerdictFile.read(judged.bundle().folder()).isPresent());
    assertTrue(Files.exists(judged.report()));
    UserError there =
        assertThrows(
            UserError.class, () -> release.run("films", data, List.of(), small, Progress.none()));
    assertEquals(UserError.Kind.EXISTS, there.kind());
  }

  /** What a method reads of the catalogue decides which ships, and so which generation that is. */
  @ParameterizedTest
  @CsvSource({"MULTITASK, false, true", "TRANSFER, true, true", "JOINT, false, false"})
  void provenance_ofMethods_tellsCataloguesThatTheyReadApart(
      Method method, boolean words, boolean categories) {
    Interactions data = new PlantedTastes(2, 10, 12, 4, 1).interactions();
    CombinationOptions options =
        CombinationOptions.of(TrainingOptions.defaults(), OptionalInt.empty())
            .withMethods(Set.of(method));
    Release release = new Release(folder.resolve("models"), "test", List.of());
    String plain = generation(release, data, options, "told", "a");
    assertEquals(plain, generation(release, data, options, "told", "a"));
    assertEquals(words, !plain.equals(generation(release, data, options, "other", "a")));
    assertEquals(categories, !plain.equals(generation(release, data, options, "told", "b")));
  }

  private static String generation(
      Release release,
      Interactions data,
      CombinationOptions options,
      String description,
      String category) {
    CatalogueItem item =
        new CatalogueItem(data.items().get(0), "title", description, List.of(category));
    return Generation.of(release.provenance(data, List.of(item), options));
  }
}
