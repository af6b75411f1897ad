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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.RecentVectors;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;

class RecentBundleTest {
  @TempDir Path root;

  /** The golden model with a network that reads the newest five items besides. */
  private static TrainedModel model() {
    TrainedModel golden = GoldenBundle.model();
    ScorerInputs inputs =
        new ScorerInputs(List.of(), List.of(), Optional.of(new RecentItems(5, 0.75f)));
    float[] weights = new float[inputs.width(golden.rank())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.1f * (i + 1);
    }
    float[] users = golden.userFactors().values().clone();
    for (int i = 0; i < users.length; i++) {
      users[i] = i < golden.rank() ? 0f : 2 * users[i] + i;
    }
    float[] unknown = {4, 3, 2, 1};
    return new TrainedModel(
        golden.users(),
        golden.items(),
        golden.userFactors(),
        golden.itemFactors(),
        ItemFeatures.none(golden.items().size()),
        new ScorerWeights(
            golden.rank(),
            2f,
            -1f,
            List.of(new Layer(weights.length, 1, weights, new float[] {0.5f})),
            inputs),
        golden.foldIn(),
        golden.defaultUser(),
        Optional.of(
            new RecentVectors(
                new FactorMatrix(golden.users().size(), golden.rank(), users),
                new FactorMatrix(1, golden.rank(), unknown))),
        Optional.empty());
  }

  @Test
  void write_thenOpen_givesTheInputItsRowsAndParityBack() {
    TrainedModel model = model();
    Bundle bundle = Bundle.open(GoldenBundle.write(root, model));
    RecentSource recent = bundle.manifest().users().recent().orElseThrow();
    assertEquals("recent_" + bundle.manifest().generation(), recent.field());
    assertEquals(new RecentItems(5, 0.75f).weights(), recent.items());
    assertArrayEquals(new float[] {4, 3, 2, 1}, recent.fallback().toArray());
    assertArrayEquals(model.recent().orElseThrow().users().values(), bundle.userRecent().values());
    assertEquals(
        new InputSource.RecentVector("recent", 4), bundle.manifest().scorer().inputs().get(2));
    assertTrue(bundle.checkParity() <= 1e-5);

    float[] expected = new float[model.items().size()];
    float[] actual = new float[expected.length];
    float[] items = model.itemFactors().values();
    ScorerRequest request =
        ScorerRequest.of(model.userFactors().row(1)).withRecent(bundle.userRecent().row(1));
    model.scorer().score(request, items, new float[0], expected);
    try (OnnxScorer scorer = bundle.scorer()) {
      scorer.score(request, items, new float[0], actual);
    }
    assertArrayEquals(expected, actual, 1e-4f);
  }

  @Test
  void write_withoutUsers_hasNobodysRecentVector_andParityOfMadeUpHistories() {
    Path folder = GoldenBundle.write(root, model().withoutUsers());
    assertFalse(Files.exists(folder.resolve("user-recent.npy")));
    Bundle bundle = Bundle.open(folder);
    assertEquals(0, bundle.userRecent().rows());
    assertTrue(bundle.manifest().users().recent().isPresent());
    assertTrue(bundle.checkParity() <= 1e-5);
  }

  @Test
  void parity_ofAGraphThatForgetsTheRecentVector_isAMismatch() {
    BundleWriter forgetful =
        new BundleWriter(
            root,
            (scorer, version) -> {
              float[] weights = scorer.layers().get(0).weights().clone();
              java.util.Arrays.fill(weights, 3 * scorer.rank(), weights.length, 0f);
              return org.neuralrescore.trainer.bundle.onnx.ScorerGraph.export(
                  new ScorerWeights(
                      scorer.rank(),
                      scorer.dotScale(),
                      scorer.bias(),
                      List.of(new Layer(weights.length, 1, weights, scorer.layers().get(0).bias())),
                      scorer.inputs()),
                  version);
            });
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                forgetful.write(
                    new BundleContent(
                        "films",
                        model(),
                        List.of(),
                        GoldenBundle.content().provenance(),
                        Map.of())));
    assertEquals(Kind.MISMATCH, error.kind());
  }

  private UserError refused(String part, String instead) throws IOException {
    Path folder = GoldenBundle.write(root, model());
    Path file = folder.resolve(BundleFiles.MANIFEST);
    String before = Files.readString(file);
    String after = before.replaceAll(part, instead);
    assertFalse(before.equals(after), part);
    Files.writeString(file, after);
    UserError error = assertThrows(UserError.class, () -> Bundle.open(folder));
    assertEquals(1, error.getMessage().lines().count());
    return error;
  }

  @Test
  void open_aManifestThatDoesNotFit_saysWhereAndWhat() throws IOException {
    assertTrue(
        refused("\"count\"\\s*:\\s*5", "\"count\": 5000")
            .getMessage()
            .contains("users.recent.count expects 1 to 100, got 5000"));
  }

  @Test
  void open_aDecayOfNoUse_isRefused() throws IOException {
    assertTrue(
        refused("\"decay\"\\s*:\\s*0.75", "\"decay\": 0")
            .getMessage()
            .contains("decay expects a number above 0 and at most 1, got 0.0"));
  }

  @Test
  void open_aDefaultOfAnotherWidth_isRefused() throws IOException {
    assertTrue(
        refused("4.0\\s*,\\s*3.0\\s*,\\s*2.0\\s*,", "4.0,")
            .getMessage()
            .contains("users.recent.default expects 4 values, the width of input [recent], got 2"));
  }

  @Test
  void open_anInputWithoutItsSource_isRefused() throws IOException {
    assertTrue(
        refused("\"recent\"\\s*:\\s*\\{", "\"resent\": {")
            .getMessage()
            .contains("users expects no [resent], did you mean [recent]?"));
  }

  @Test
  void open_recentVectorsOfOtherUsers_areAMismatch() throws IOException {
    Path folder = GoldenBundle.write(root, model());
    GoldenBundle.replace(
        folder, BundleFiles.USER_RECENT, Npy.write(new FactorMatrix(1, 4, new float[4])));
    UserError error = assertThrows(UserError.class, () -> Bundle.open(folder));
    assertEquals(Kind.MISMATCH, error.kind());
    assertTrue(error.getMessage().contains("user-recent.npy"), error.getMessage());
  }
}
