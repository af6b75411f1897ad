// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ItemHistories;
import org.neuralrescore.trainer.model.ItemHistory;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.model.WidePart;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.served.BundleRanker;

class WideBundleTest {
  @TempDir Path root;

  /** The golden model, to which its users' histories say something of the first items. */
  private static TrainedModel model() {
    return model(GoldenBundle.model().itemFactors());
  }

  private static TrainedModel model(FactorMatrix itemFactors) {
    TrainedModel golden = GoldenBundle.model();
    int items = golden.items().size();
    int[] offsets = new int[items + 1];
    for (int item = 0; item < items; item++) {
      offsets[item + 1] = Math.min(2, item + 1);
    }
    ItemNeighbours neighbours =
        new ItemNeighbours(offsets, new int[] {1, 2}, new float[] {0.5f, -0.25f});
    List<ItemHistory> users = new ArrayList<>();
    for (int user = 0; user < golden.users().size(); user++) {
      users.add(
          user == 0
              ? ItemHistory.none()
              : new ItemHistory(new int[] {1, 2}, new float[] {1f, 0.5f}));
    }
    return new TrainedModel(
        golden.users(),
        golden.items(),
        golden.userFactors(),
        itemFactors,
        ItemFeatures.none(items),
        new ScorerWeights(golden.rank(), 2f, -1f, 3f, List.of(), ScorerInputs.none().withWide()),
        golden.foldIn(),
        golden.defaultUser(),
        Optional.empty(),
        Optional.of(new WidePart(neighbours, ItemHistories.of(users), 500)));
  }

  @Test
  void write_thenOpen_givesNeighboursAndHistoriesBack() {
    TrainedModel model = model();
    Bundle bundle = Bundle.open(GoldenBundle.write(root, model));
    String generation = bundle.manifest().generation();
    assertEquals(
        new InputSource.ItemNeighbours(
            "wide", 3, "neighbours_" + generation, "ordinal_" + generation),
        bundle.manifest().scorer().inputs().get(2));
    assertEquals(
        "history_" + generation, bundle.manifest().users().history().orElseThrow().field());
    assertEquals(3f, bundle.manifest().explanation().orElseThrow().wideScale());
    WidePart expected = model.wide().orElseThrow();
    WidePart actual = bundle.wide().orElseThrow();
    assertArrayEquals(expected.neighbours().offsets(), actual.neighbours().offsets());
    assertArrayEquals(expected.neighbours().items(), actual.neighbours().items());
    assertArrayEquals(expected.neighbours().weights(), actual.neighbours().weights());
    assertArrayEquals(expected.users().offsets(), actual.users().offsets());
    assertArrayEquals(expected.users().items(), actual.users().items());
    assertArrayEquals(expected.users().weights(), actual.users().weights());
    assertEquals(500, actual.count());
    assertTrue(bundle.checkParity() <= 1e-5);
  }

  @Test
  void parity_showsWhatHistoriesSay() {
    Bundle bundle = Bundle.open(GoldenBundle.write(root, model()));
    boolean told = false;
    for (var one : ParityRows.of(model()).scores()) {
      for (float value : one.inputs().get("wide").values().toArray()) {
        told |= value != 0;
      }
    }
    assertTrue(told);
    assertTrue(bundle.checkParity() <= 1e-5);
  }

  @Test
  void write_withoutUsers_hasNobodysHistory() {
    Path folder = GoldenBundle.write(root, model().withoutUsers());
    assertFalse(Files.exists(folder.resolve("user-history-items.npy")));
    Bundle bundle = Bundle.open(folder);
    assertEquals(0, bundle.wide().orElseThrow().users().size());
    assertTrue(bundle.checkParity() <= 1e-5);
  }

  @Test
  void aHistoryOfItemsWithoutVectors_speaksAllTheSame() {
    FactorMatrix factors = GoldenBundle.model().itemFactors();
    float[] zeroed = factors.values().clone();
    Arrays.fill(zeroed, factors.rank(), 2 * factors.rank(), 0f);
    TrainedModel model = model(new FactorMatrix(factors.rows(), factors.rank(), zeroed));
    Bundle bundle = Bundle.open(GoldenBundle.write(root, model));
    Ids ids = bundle.items();
    Interactions data =
        PlantedLines.read(
            List.of(
                "userId,movieId,rating,timestamp",
                "u," + ids.get(1) + ",5,1",
                "v," + ids.get(0) + ",5,1",
                "v," + ids.get(5) + ",5,2"));
    float[] scores = new float[data.items().size()];
    try (BundleRanker ranker = new BundleRanker("bundle", bundle, data.items())) {
      ranker.score(data.histories(), data.users().row("u").orElseThrow(), scores);
    }

    // Of the one touched item the first says a half, by a scale of 3; no vector adds to it.
    float told = scores[data.items().row(ids.get(0)).orElseThrow()];
    float untold = scores[data.items().row(ids.get(5)).orElseThrow()];
    assertEquals(1.5f, told - untold, 1e-5f);
  }

  @Test
  void open_ofCutFiles_isRefused() throws IOException {
    Path folder = GoldenBundle.write(root, model());
    Path file = folder.resolve("item-neighbours-items.npy");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
    assertThrows(UserError.class, () -> Bundle.open(folder));
    assertThrows(UserError.class, () -> NpyFile.ints(file));
    Files.write(file, Arrays.copyOf(bytes, 100));
    assertThrows(UserError.class, () -> NpyFile.ints(file));
  }

  private static void assertRefused(Path folder, String file, byte[] instead, String why)
      throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve(file));
    GoldenBundle.replace(folder, file, instead);
    UserError error = assertThrows(UserError.class, () -> StoredBundle.open(folder), file);
    assertTrue(error.getMessage().contains(why), error.getMessage());
    GoldenBundle.replace(folder, file, before);
    StoredBundle.open(folder);
  }

  /** What the values in memory are held to, those in the files are, too. */
  @Test
  void open_ofListsThatBreakARule_saysWhichAndWhere() throws IOException {
    Path folder = GoldenBundle.write(root, model());
    int items = model().items().size();
    int[] falling = new int[items + 1];
    Arrays.fill(falling, 2);
    falling[0] = 0;
    falling[1] = 3;
    assertRefused(
        folder, "item-neighbours-offsets.npy", Npy.write(falling), "offsets fall behind row");
    assertRefused(
        folder, "item-neighbours-offsets.npy", Npy.write(new int[] {0, 1}), "from 0 to 2");
    assertRefused(
        folder, "item-neighbours-items.npy", Npy.write(new int[] {0, 2}), "item 0 expect other");
    assertRefused(
        folder, "item-neighbours-items.npy", Npy.write(new int[] {1, items}), "of item 1");
    assertRefused(
        folder, "item-neighbours-weights.npy", Npy.write(new float[] {1, 0}), "the weight 0.0");
    assertRefused(
        folder, "item-neighbours-weights.npy", Npy.write(new float[] {1}), "weights, got 1");
    assertRefused(
        folder, "user-history-items.npy", Npy.write(new int[] {2, 1, 1, 2}), "rising rows");
    assertRefused(
        folder,
        "user-history-weights.npy",
        Npy.write(new float[] {1, 1, -1, 1}),
        "the weight -1.0");
    assertRefused(
        folder,
        "user-history-offsets.npy",
        Npy.write(new int[] {0, 0, 2, 4, 4}),
        "files of two bundles");
  }

  @Test
  void stored_givesTheListsThatAreLoaded() {
    Bundle bundle = Bundle.open(GoldenBundle.write(root, model()));
    StoredWide stored = bundle.stored().wide().orElseThrow();
    ItemNeighbours neighbours = bundle.wide().orElseThrow().neighbours();
    for (int row = 0; row < neighbours.itemCount(); row++) {
      int from = neighbours.start(row);
      int to = neighbours.end(row);
      assertArrayEquals(
          Arrays.copyOfRange(neighbours.items(), from, to), stored.neighbours().items(row));
      assertArrayEquals(
          Arrays.copyOfRange(neighbours.weights(), from, to), stored.neighbours().weights(row));
    }
    assertEquals(2, stored.users().orElseThrow().items(1).length);
  }
}
