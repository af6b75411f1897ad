// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.bundle.RecentModel;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class RecentModelTest {
  private final RecentModel model = new RecentModel(SmallModel.of("films", "g1", 1));

  private static Bundle bundle(Map<String, byte[]> files) {
    return Bundle.of(
        files, (file, json) -> JsonMapper.shared().readValue(json, new TypeReference<>() {}));
  }

  @Test
  void score_readsTheRecentVectorOnceForAllHits_andForgetsTheLastOne() {
    LoadedModel loaded = LoadedModel.open(bundle(model.files()), Hosts.free());
    Random random = new Random(5);
    float[] user = SmallModel.vector(random);
    try (LoadedModel.Lease lease = loaded.lease().orElseThrow()) {
      for (int search = 0; search < 3; search++) {
        float[] recent = search == 1 ? new float[SmallModel.RANK] : SmallModel.vector(random);
        int rows = 7;
        FeatureBatch batch = lease.pool().take(rows);
        FloatVector.of(user).copyTo(batch.user(), 0);
        FloatVector.of(recent).copyTo(batch.context(0), 0);
        float[][] items = new float[rows][];
        for (int row = 0; row < rows; row++) {
          items[row] = SmallModel.vector(random);
          batch.input(0).put(row * SmallModel.RANK, items[row]);
        }
        lease.scorer().score(batch, Cancellation.NEVER);
        for (int row = 0; row < rows; row++) {
          assertEquals(model.logit(user, recent, items[row]), batch.outputs().get(row), 1e-4);
        }
        lease.pool().giveBack(batch);
      }
    }
    loaded.release();
  }

  @Test
  void parity_ofRowsWithARecentVector_isReproduced() {
    Bundle bundle = bundle(model.files());
    LoadedModel loaded = LoadedModel.open(bundle, Hosts.free());
    assertEquals(7, ParityCheck.run(loaded, bundle.parity(), Hosts.probe()).rows());
    loaded.release();
  }

  @Test
  void parity_withoutTheRecentVectorOrWithAnother_isRefused() {
    assertRefused("expects [recent] of 1 x 8, got nothing", inputs -> inputs.remove("recent"));
    assertRefused(
        "expects [recent] of 1 x 8, got 1 x 2",
        inputs -> inputs.put("recent", List.of(list(1, 2))));
    assertRefused(
        "is not reproduced", inputs -> inputs.put("recent", List.of(list(9, 9, 9, 9, 9, 9, 9, 9))));
  }

  @SuppressWarnings("unchecked")
  private void assertRefused(String part, Consumer<Map<String, Object>> change) {
    Map<String, byte[]> files = model.files();
    Map<String, Object> parity = model.parity();
    change.accept(
        (Map<String, Object>)
            ((Map<String, Object>) ((List<?>) parity.get("scores")).get(0)).get("inputs"));
    files.put("parity.json", SmallModel.bytes(parity));
    files.remove("manifest.json");
    files.put("manifest.json", SmallModel.bytes(model.manifest(SmallModel.hashes(files))));
    String message = Refusal.of(files);
    assertTrue(message.contains(part), message);
  }

  /** A manifest that promises what the graph does not have, and the other way round. */
  @Test
  void open_aGraphWithoutTheInputOfItsManifest_isRefused() {
    Map<String, byte[]> files = model.files();
    files.put("scorer.onnx", SmallModel.of("films", "g1", 1).scorerGraph());
    files.remove("manifest.json");
    files.put("manifest.json", SmallModel.bytes(model.manifest(SmallModel.hashes(files))));
    Bundle bundle = bundle(files);
    String message =
        assertThrows(InvalidBundleException.class, () -> LoadedModel.open(bundle, Hosts.free()))
            .getMessage();
    assertTrue(message.contains("recent"), message);

    SmallModel plain = SmallModel.of("films", "g1", 1);
    Map<String, byte[]> other = plain.files();
    other.put("scorer.onnx", model.files().get("scorer.onnx"));
    other.remove("manifest.json");
    other.put("manifest.json", SmallModel.bytes(plain.manifest(SmallModel.hashes(other))));
    Bundle more = bundle(other);
    assertThrows(InvalidBundleException.class, () -> LoadedModel.open(more, Hosts.free()));
  }
}
