// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.plugin.bundle.ContextModel;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ContextModelTest {
  private final ContextModel model = new ContextModel(SmallModel.of("films", "g1", 1));

  private static Bundle bundle(Map<String, byte[]> files) {
    return Bundle.of(
        files, (file, json) -> JsonMapper.shared().readValue(json, new TypeReference<>() {}));
  }

  @Test
  void score_inAContext_readsItsRowOnceForAllHits_andForgetsTheLastOne() {
    LoadedModel loaded = LoadedModel.open(bundle(model.files()), Hosts.free());
    Random random = new Random(5);
    float[] user = SmallModel.vector(random);
    List<InputSource.Context> inputs = loaded.manifest().scorer().contextInputs();
    try (LoadedModel.Lease lease = loaded.lease().orElseThrow()) {
      for (Map<String, String> context :
          List.of(
              Map.of("country", "France", "hour", "13"),
              Map.of("country", "Atlantis"),
              Map.<String, String>of(),
              Map.of("country", "Chad"))) {
        int rows = 7;
        FeatureBatch batch = lease.pool().take(rows);
        FloatVector.of(user).copyTo(batch.user(), 0);
        for (int c = 0; c < inputs.size(); c++) {
          inputs
              .get(c)
              .row(Optional.ofNullable(context.get(inputs.get(c).column())))
              .copyTo(batch.context(c), 0);
        }
        float[][] items = new float[rows][];
        for (int row = 0; row < rows; row++) {
          items[row] = SmallModel.vector(random);
          batch.input(0).put(row * SmallModel.RANK, items[row]);
        }
        lease.scorer().score(batch, Cancellation.NEVER);
        for (int row = 0; row < rows; row++) {
          assertEquals(
              model.logit(user, items[row], context), batch.outputs().get(row), 1e-4, "" + context);
        }
        lease.pool().giveBack(batch);
      }
    }
    loaded.release();
  }

  @Test
  void parity_ofRowsInAContext_isReproduced() {
    Bundle bundle = bundle(model.files());
    LoadedModel loaded = LoadedModel.open(bundle, Hosts.free());
    assertEquals(11, ParityCheck.run(loaded, bundle.parity(), Hosts.probe()).rows());
    loaded.release();
  }

  @Test
  void parity_inAnotherContext_isRefused() {
    assertRefused(
        "is not reproduced",
        Map.of("context.country", List.of(list(1, 0, 0)), "context.hour", List.of(list(0, 0))));
  }

  @Test
  void parity_withoutTheContextOrWithARowAHit_isRefused() {
    assertRefused("expects [context.country] of 1 x 3, got nothing", Map.of());
    assertRefused(
        "expects [context.hour] of 1 x 2, got 2 x 2",
        Map.of(
            "context.country",
            List.of(list(1, 0, 0)),
            "context.hour",
            List.of(list(0, 0), list(0, 1))));
  }

  @SuppressWarnings("unchecked")
  private void assertRefused(String part, Map<String, Object> context) {
    Map<String, byte[]> files = model.files();
    Map<String, Object> parity = model.parity();
    Map<String, Object> inputs =
        (Map<String, Object>)
            ((Map<String, Object>) ((List<?>) parity.get("scores")).get(0)).get("inputs");
    inputs.keySet().removeIf(name -> name.startsWith("context."));
    inputs.putAll(context);
    files.put("parity.json", SmallModel.bytes(parity));
    files.remove("manifest.json");
    files.put("manifest.json", SmallModel.bytes(model.manifest(SmallModel.hashes(files))));
    String message = Refusal.of(files);
    assertTrue(message.contains(part), message);
  }
}
