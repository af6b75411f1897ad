// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.DrawnData;
import org.neuralrescore.trainer.data.interactions.InteractionCollector;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionPart;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.UserDraw;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ItemFeatures;

class LearnedFeaturesTest {
  private static final long DAY = 86_400L;

  @TempDir Path folder;

  /** Item a on days 0, 2 and 5, item b on day 5, item never on no day. */
  private Interactions data(long day) throws IOException {
    Path file = folder.resolve("data.csv");
    Files.write(
        file,
        List.of(
            "userId,movieId,rating,timestamp",
            "u,a,5," + (1_000 + 0 * day),
            "v,a,5," + (1_000 + 2 * day),
            "w,a,5," + (1_000 + 5 * day),
            "w,b,5," + (1_000 + 5 * day)));
    return new InteractionReader(
            InteractionFormat.movieLensCsv(),
            ReadingRules.defaults().withCatalogue(List.of("never")))
        .read(file);
  }

  private static LearnedFeatures of(Interactions data, ItemFeature... features) {
    Map<String, float[]> vectors = Map.of("b", new float[] {3f, 4f});
    return new FeatureSource(
            List.of(features), Optional.of(ItemContent.of(data.items(), 2, vectors)))
        .of(data.histories());
  }

  @Test
  void served_countsAndAgesAtTheEnd_andZerosWhereNothingIsKnown() throws IOException {
    Interactions data = data(DAY);
    ItemFeatures served =
        of(data, ItemFeature.CONTENT, ItemFeature.AGE, ItemFeature.POPULARITY).served();
    assertEquals(
        List.of(
            FeatureBlock.number("popularity"),
            FeatureBlock.number("age"),
            FeatureBlock.vector("content", 2)),
        served.blocks());
    assertEquals(List.of("a", "b", "never"), data.items().asList());
    assertArrayEquals(
        new float[] {
          (float) Math.log(4), (float) Math.log(6), 0, 0, (float) Math.log(2), 0, 3, 4, 0, 0, 0, 0
        },
        served.rows(),
        1e-6f);
  }

  @Test
  void usersElsewhere_countAsTheseDo() {
    InteractionCollector lines = new InteractionCollector(ReadingRules.defaults(), List.of());
    for (int user = 0; user < 40; user++) {
      for (int n = 0; n <= user % 7; n++) {
        lines.add("u" + user, "i" + n, 1, (1_000 + (user + n) * DAY) * 1000, List.of());
      }
    }
    InteractionPart all = lines.part();
    ReadingRules rules = ReadingRules.defaults();
    Interactions whole = DrawnData.of(rules, true, new UserDraw(1, 3), all);
    Interactions some = DrawnData.of(rules, true, new UserDraw(0.3, 3), all);
    assertTrue(some.histories().elsewhere().users() > 20);
    assertArrayEquals(
        of(whole, ItemFeature.AGE, ItemFeature.POPULARITY).served().rows(),
        of(some, ItemFeature.AGE, ItemFeature.POPULARITY).served().rows());
    assertArrayEquals(
        ItemPopularity.of(whole.histories()).users(), ItemPopularity.of(some.histories()).users());
    assertEquals(40, ItemPopularity.of(some.histories()).userCount());
    assertArrayEquals(
        new PopularityRanker(whole.histories()).users(),
        new PopularityRanker(some.histories()).users());
  }

  @Test
  void positive_seesItsItemWithoutItself_asOfItsOwnTime() throws IOException {
    LearnedFeatures features = of(data(DAY), ItemFeature.POPULARITY, ItemFeature.AGE);
    float[] row = new float[3];
    features.positive(0, (1_000 + 2 * DAY) * 1000, row, 1);
    assertArrayEquals(new float[] {0, (float) Math.log(3), (float) Math.log(3)}, row, 1e-6f);
    // The first who touches an item meets one of no age.
    features.positive(0, 1_000 * 1000, row, 0);
    assertEquals(0f, row[1]);
  }

  @Test
  void negative_keepsItsCount_andIsAsOldAsAtTheExample() throws IOException {
    LearnedFeatures features = of(data(DAY), ItemFeature.POPULARITY, ItemFeature.AGE);
    float[] row = new float[2];
    features.negative(0, (1_000 + 2 * DAY) * 1000, row, 0);
    assertArrayEquals(new float[] {(float) Math.log(4), (float) Math.log(3)}, row, 1e-6f);
  }

  @Test
  void comparable_withAges_leavesOutWhatWasNotThereYet() throws IOException {
    Interactions data = data(DAY);
    LearnedFeatures aged = of(data, ItemFeature.AGE);
    assertFalse(aged.comparable(1, (1_000 + 2 * DAY) * 1000));
    assertTrue(aged.comparable(1, (1_000 + 5 * DAY) * 1000));
    assertTrue(aged.comparable(2, 0));
    assertTrue(of(data, ItemFeature.POPULARITY).comparable(1, 0));
  }

  @Test
  void age_ofDataWithoutTime_isRefused() throws IOException {
    Path file = folder.resolve("timeless.csv");
    Files.write(file, List.of("userId,movieId,rating,timestamp", "u,a,5,0", "v,b,5,0"));
    Interactions data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults()).read(file);
    UserError error = assertThrows(UserError.class, () -> of(data, ItemFeature.AGE));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().contains("--time-column"), error.getMessage());
  }

  @Test
  void content_widerThanAField_isRefused() throws IOException {
    Interactions data = data(DAY);
    ItemContent wide = ItemContent.of(data.items(), 4097, Map.of());
    assertThrows(
        UserError.class, () -> new FeatureSource(List.of(ItemFeature.CONTENT), Optional.of(wide)));
  }
}
