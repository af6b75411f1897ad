// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.combine.joint.JointOptions;
import org.neuralrescore.trainer.combine.joint.TaskWeights;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.scorer.ScorerOptions;

class CombinationsTest {
  @TempDir Path folder;
  private Interactions data;
  private ItemKnowledge knowledge;

  @BeforeEach
  void generate() throws IOException {
    SyntheticData.write(folder, new SyntheticOptions(200, 150, 5));
    data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(folder.resolve("ratings.csv"));
    knowledge =
        ItemKnowledge.of(
            data.items(),
            CatalogueReader.read(
                CatalogueFormat.movieLens(
                    folder.resolve("movies.csv"), Optional.of(folder.resolve("abstracts.json")))),
            64);
  }

  private static CombinationOptions options(int threads) {
    TrainingOptions training =
        TrainingOptions.defaults()
            .withThreads(threads)
            .withFactors(ImplicitAlsOptions.defaults().withRank(8).withSweeps(5))
            .withScorer(ScorerOptions.defaults().withHidden(List.of(8)).withEpochs(2));
    return CombinationOptions.of(training, OptionalInt.empty())
        .withJoint(JointOptions.defaults().withHidden(List.of(8)).withEpochs(2, 2))
        .withTasks(TaskWeights.multiTask(1, 1, 0.3));
  }

  @Test
  void run_ofEveryMethod_reportsEachAgainstTheDotProductAndShipsTheChoice() {
    CombinationResult result = Combinations.run(data, options(2), knowledge, Progress.none());

    assertEquals(
        List.of(Method.values()), result.variants().stream().map(v -> v.method()).toList());
    VariantResult winner =
        result.variants().stream()
            .filter(v -> v.method() == result.winner())
            .findFirst()
            .orElseThrow();
    assertEquals(winner.test().mean(), result.training().reports().get(0).mean(), "what ships");
    assertEquals(0, result.variants().get(0).testNdcg().difference(), "dot against itself");
    TrainedModel model = result.training().model();
    for (float value : model.itemFactors().values()) {
      assertTrue(value >= 0);
    }
    int user = 3;
    float[] folded =
        model
            .foldIn()
            .encode(
                historyOf(model, result, user),
                weights(result.training().test().seen().length(user)));
    assertArrayEquals(model.userFactors().row(user), folded, "users come from the encoder");
  }

  private static float[] historyOf(TrainedModel model, CombinationResult result, int user) {
    var seen = result.training().test().seen();
    float[] rows = new float[seen.length(user) * model.rank()];
    for (int p = seen.start(user); p < seen.end(user); p++) {
      System.arraycopy(
          model.itemFactors().row(seen.item(p)),
          0,
          rows,
          (p - seen.start(user)) * model.rank(),
          model.rank());
    }
    return rows;
  }

  private static float[] weights(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1f);
    return ones;
  }

  @Test
  void run_onAnyNumberOfThreads_givesTheSameBits() {
    Set<Method> methods = EnumSet.of(Method.MULTITASK, Method.TRANSFER);
    CombinationResult expected =
        Combinations.run(data, options(1).withMethods(methods), knowledge, Progress.none());
    for (int threads : new int[] {2, 4}) {
      CombinationResult actual =
          Combinations.run(data, options(threads).withMethods(methods), knowledge, Progress.none());
      assertEquals(expected.winner(), actual.winner());
      assertEquals(expected.training().choice(), actual.training().choice());
      for (int v = 0; v < expected.variants().size(); v++) {
        assertEquals(expected.variants().get(v).test(), actual.variants().get(v).test());
        assertEquals(
            expected.variants().get(v).validation(), actual.variants().get(v).validation());
      }
      assertArrayEquals(
          expected.training().model().itemFactors().values(),
          actual.training().model().itemFactors().values());
    }
  }

  @Test
  void suitedTo_dataWithoutRatingsOrKnowledge_dropsWhatCannotBeTaught() {
    Interactions ratings = new PlantedTastes(3, 12, 30, 6, 1).interactions();
    ItemKnowledge none = ItemKnowledge.none(ratings.items().size());
    Map<Method, String> leftOut = new EnumMap<>(Method.class);

    CombinationOptions suited = options(1).suitedTo(ratings, none, leftOut::put);

    assertEquals(
        EnumSet.of(Method.DOT, Method.PIPELINE, Method.JOINT, Method.MULTITASK), suited.methods());
    assertEquals(Map.of(Method.TRANSFER, "the items have no content to learn from"), leftOut);
    assertEquals(0, suited.tasks().category());
    assertEquals(1, suited.tasks().rating());
  }

  /** What is held out teaches nothing, and neither does what has no content or category. */
  @Test
  void suitedTo_goesByWhatIsLearnedFrom() {
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int u = 0; u < 30; u++) {
      for (int n = 0; n < 6; n++) {
        int item = (u * 7 + n * 5) % 25;
        lines.add("u" + u + ",i" + item + "," + (n == 5 ? 3 : 1) + "," + (1_000 + n));
      }
    }
    // Touched last of all, and so by test cases alone.
    lines.add("u0,new,2,2000");
    lines.add("u1,new,2,2000");
    Interactions shop = PlantedLines.read(lines);
    List<CatalogueItem> catalogue =
        List.of(
            new CatalogueItem("new", "New", "a description", List.of("one", "two")),
            new CatalogueItem("i1", "Old", "another description", List.of()));

    CombinationOptions suited =
        options(1)
            .suitedTo(shop, ItemKnowledge.of(shop.items(), catalogue, 64), (method, why) -> {});

    assertEquals(EnumSet.of(Method.DOT, Method.PIPELINE, Method.JOINT), suited.methods());
    assertEquals(0, suited.tasks().rating());
    assertEquals(0, suited.tasks().category());
    // The same in the midst of the work would end it.
    assertEquals(
        3,
        Combinations.run(shop, suited, ItemKnowledge.none(shop.items().size()), Progress.none())
            .variants()
            .size());
  }

  @Test
  void suitedTo_weighedCells_leavesOutWhatMovesFactorsWithoutThem() {
    CombinationOptions weighed =
        CombinationOptions.of(
            options(1).training().withRows(RowScheme.users().withHalfLife(7)), OptionalInt.empty());
    Map<Method, String> leftOut = new EnumMap<>(Method.class);
    assertEquals(
        EnumSet.of(Method.DOT, Method.PIPELINE),
        weighed.suitedTo(data, knowledge, leftOut::put).methods());
    assertEquals(Set.of(Method.JOINT, Method.MULTITASK, Method.TRANSFER), leftOut.keySet());
    assertEquals("it would undo --half-life-days", leftOut.get(Method.JOINT));
  }

  @Test
  void of_epochsThatWereSaid_areThoseOfEveryMethod() {
    TrainingOptions training = options(1).training();
    int said = ScorerOptions.defaults().epochs();
    assertEquals(said, CombinationOptions.of(training, OptionalInt.of(said)).joint().epochs());
    assertEquals(
        JointOptions.defaults().epochs(),
        CombinationOptions.of(training, OptionalInt.empty()).joint().epochs());
  }

  @Test
  void run_ofTransferWithoutContent_saysWhatToGive() {
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                Combinations.run(
                    data,
                    options(1).withMethods(EnumSet.of(Method.TRANSFER)),
                    ItemKnowledge.none(data.items().size()),
                    Progress.none()));
    assertTrue(error.getMessage().contains("give a catalogue"), error.getMessage());
  }
}
