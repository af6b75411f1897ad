// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import ai.onnx.proto.OnnxMl;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.registry.BundleJson;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class LoadedModelTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SmallModel model = SmallModel.of("films", "g1", 1);

  private static Bundle bundle(Map<String, byte[]> files) {
    return Bundle.of(files, (file, json) -> JSON.readValue(json, new TypeReference<>() {}));
  }

  /** The model's files with its manifest changed. */
  private Map<String, byte[]> withManifest(Consumer<Map<String, Object>> change) {
    Map<String, byte[]> files = model.files();
    files.remove("manifest.json");
    Map<String, Object> manifest = model.manifest(SmallModel.hashes(files));
    change.accept(manifest);
    files.put("manifest.json", SmallModel.bytes(manifest));
    return files;
  }

  private Map<String, byte[]> withFile(String file, byte[] bytes) {
    Map<String, byte[]> files = model.files();
    files.put(file, bytes);
    files.remove("manifest.json");
    files.put("manifest.json", SmallModel.bytes(model.manifest(SmallModel.hashes(files))));
    return files;
  }

  /** The model's files with other inputs of the scorer, and parity rows of these. */
  private Map<String, byte[]> withInputs(List<Map<String, Object>> inputs) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map<String, Object> input : inputs) {
      values.put(
          (String) input.get("name"),
          List.of(Collections.nCopies((Integer) input.get("width"), 0.5f)));
    }
    Map<String, byte[]> files = model.files();
    Map<String, Object> parity = model.parity();
    parity.put("scores", List.of(map("inputs", values, "output", List.of(1f))));
    files.put("parity.json", SmallModel.bytes(parity));
    files.remove("manifest.json");
    Map<String, Object> manifest = model.manifest(SmallModel.hashes(files));
    manifest.remove("explanation");
    scorer(manifest).put("inputs", inputs);
    files.put("manifest.json", SmallModel.bytes(manifest));
    return files;
  }

  private static void assertRefused(String part, Map<String, byte[]> files) {
    String message = Refusal.of(files);
    assertTrue(message.contains(part), message);
  }

  @Test
  void score_ofABatch_isWhatTheTrainerComputes() {
    LoadedModel loaded = LoadedModel.open(bundle(model.files()), Hosts.free());
    Random random = new Random(5);
    float[] user = SmallModel.vector(random);
    try (LoadedModel.Lease lease = loaded.lease().orElseThrow()) {
      for (int rows : new int[] {1, 7, 200, 3}) {
        FeatureBatch batch = lease.pool().take(rows);
        float[][] items = new float[rows][];
        FloatVector.of(user).copyTo(batch.user(), 0);
        for (int row = 0; row < rows; row++) {
          items[row] = SmallModel.vector(random);
          batch.input(0).put(row * SmallModel.RANK, items[row]);
        }
        lease.scorer().score(batch, Cancellation.NEVER);
        for (int row = 0; row < rows; row++) {
          assertEquals(model.logit(user, items[row]), batch.outputs().get(row), 1e-5);
        }
        lease.pool().giveBack(batch);
      }
    }
    loaded.release();
  }

  @Test
  void encode_ofAHistory_isWhatTheTrainerComputes() {
    LoadedModel loaded = LoadedModel.open(bundle(model.files()), Hosts.free());
    Random random = new Random(6);
    float[] a = SmallModel.vector(random);
    float[] b = SmallModel.vector(random);
    try (LoadedModel.Lease lease = loaded.lease().orElseThrow()) {
      FloatVector user =
          lease
              .encode(
                  FloatMatrix.ofRows(List.of(FloatVector.of(a), FloatVector.of(b))),
                  FloatVector.of(1, 3),
                  Cancellation.NEVER)
              .orElseThrow();
      float[] expected = model.encode(List.of(a, b), 1, 3);
      for (int f = 0; f < expected.length; f++) {
        assertEquals(expected[f], user.get(f), 1e-5);
      }
    }
    loaded.release();
  }

  @Test
  void lease_afterTheLastRelease_isEmpty() {
    LoadedModel loaded = LoadedModel.open(bundle(model.files()), Hosts.free());
    LoadedModel.Lease lease = loaded.lease().orElseThrow();
    loaded.release();
    assertEquals(1, loaded.references());
    lease.close();
    lease.close();
    assertEquals(0, loaded.references());
    assertTrue(loaded.lease().isEmpty());
  }

  @Test
  void parity_ofTheTrainersRows_isReproduced() {
    Bundle bundle = bundle(model.files());
    LoadedModel loaded = LoadedModel.open(bundle, Hosts.free());
    ParityCheck.Result result = ParityCheck.run(loaded, bundle.parity(), Hosts.probe());
    loaded.release();
    assertEquals(8, result.rows());
    assertTrue(result.maxDifference() < 1e-5);
  }

  @Test
  void parity_ofAnotherModelsRows_isRefused() {
    Map<String, Object> other = SmallModel.of("films", "g1", 2).parity();
    assertRefused(
        "scores[0].output[0] is not reproduced", withFile("parity.json", SmallModel.bytes(other)));
  }

  @Test
  void parity_withoutCasesForTheEncoder_isRefused() {
    Map<String, Object> parity = model.parity();
    parity.remove("users");
    assertRefused(
        "users expects at least one case", withFile("parity.json", SmallModel.bytes(parity)));
  }

  @Test
  void parity_ofALongerHistoryThanARequestMayHave_isRefused() {
    Map<String, Object> parity = model.parity();
    parity.put(
        "users",
        List.of(
            map(
                "items",
                Collections.nCopies(1_001, Collections.nCopies(SmallModel.RANK, 0.5f)),
                "weights",
                Collections.nCopies(1_001, 1f),
                "user",
                Collections.nCopies(SmallModel.RANK, 0.5f))));
    assertRefused(
        "parity.json users[0].items expects at most 1000 items, the longest history of a request,"
            + " got 1001",
        withFile("parity.json", SmallModel.bytes(parity)));
  }

  @Test
  void parity_thatToleratesEverything_isRefused() {
    Map<String, Object> parity = model.parity();
    parity.put("tolerance", 100);
    assertRefused("tolerance expects", withFile("parity.json", SmallModel.bytes(parity)));
  }

  @Test
  void open_whenAFileDiffersFromItsHash_isRefused() {
    Map<String, byte[]> files = model.files();
    files.put("scorer.onnx", SmallModel.of("films", "g1", 2).scorerGraph());
    assertRefused("scorer.onnx expects the manifest's sha256", files);
  }

  @Test
  void open_whenAFileIsMissing_namesIt() {
    for (String file :
        List.of("scorer.onnx", "user-encoder.onnx", "parity.json", "manifest.json")) {
      Map<String, byte[]> files = model.files();
      files.remove(file);
      assertRefused("has no [" + file + "]", files);
    }
  }

  @Test
  void open_whenTheGraphHasAnotherSignature_saysBoth() {
    assertRefused(
        "inputs expect the manifest's names [items, users], got [items, user]",
        withInputs(
            List.of(
                map("name", "users", "source", "user_vector", "width", 8),
                map("name", "items", "source", "item_vector", "width", 8, "field", "f"))));
    assertRefused(
        "input [items] expects float32 of shape [rows, 4], got float32 of shape [any, 8]",
        withInputs(
            List.of(
                map("name", "user", "source", "user_vector", "width", 8),
                map("name", "items", "source", "item_vector", "width", 4, "field", "f"))));
    assertRefused(
        "outputs expect the manifest's names [other]",
        withManifest(
            json -> scorer(json).put("output", map("name", "other", "transform", "sigmoid"))));
  }

  /** Nothing of an open model is on the heap without a bound and a count. */
  @Test
  void open_keepsNoHistoryOfTraining_andCountsTheRest() {
    Map<String, byte[]> files =
        withManifest(
            json -> {
              json.put("provenance", Map.of("seen", Collections.nCopies(100_000, Map.of("k", 1))));
              json.put("metrics", Map.of("ndcg", Collections.nCopies(100_000, 0.5)));
            });
    LoadedModel loaded = LoadedModel.open(Bundle.of(files, new BundleJson()), Hosts.free());
    assertEquals(Map.of(), loaded.manifest().provenance());
    assertEquals(Map.of(), loaded.manifest().metrics());
    long bytes = loaded.cost().openBytes();
    loaded.release();
    int factors = SmallModel.RANK;
    Map<String, byte[]> labelled =
        withManifest(
            json ->
                json.put(
                    "explanation",
                    map(
                        "dot_scale",
                        1f,
                        "bias",
                        0f,
                        "labels",
                        Collections.nCopies(factors, "x".repeat(1_000)))));
    LoadedModel more = LoadedModel.open(bundle(labelled), Hosts.free());
    assertTrue(more.cost().openBytes() >= bytes + factors * 1_900L, "" + more.cost());
    more.release();
  }

  @Test
  void open_beyondWhatAModelMayTake_countsGraphsAndManifestTogether() {
    Bundle bundle = bundle(model.files());
    long bytes = Graphs.check(bundle, ModelLimits.DEFAULT, Cancellation.NEVER).cost().openBytes();
    String message =
        assertThrows(
                InvalidBundleException.class,
                () ->
                    Graphs.check(
                        bundle,
                        new ModelLimits(bytes - 1, 1L << 30, Long.MAX_VALUE),
                        Cancellation.NEVER))
            .getMessage();
    assertTrue(
        message.contains("takes " + bytes + " bytes to open")
            && message.contains("neural_rescore.model.max_memory"),
        message);
  }

  @Test
  void open_whenTheGraphIsNoGraph_isRefused() {
    assertRefused("scorer.onnx is no ONNX model", withFile("scorer.onnx", new byte[] {1, 2, 3}));
  }

  @Test
  void open_ofAnOperatorThatIsNotTaken_isRefusedInOneLine() throws Exception {
    OnnxMl.ModelProto.Builder proto = OnnxMl.ModelProto.parseFrom(model.scorerGraph()).toBuilder();
    proto.getGraphBuilder().addNodeBuilder().setOpType("NoSuchOperator").addOutput("x");
    assertRefused(
        "operator [NoSuchOperator]: it is not taken",
        withFile("scorer.onnx", proto.build().toByteArray()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> scorer(Map<String, Object> manifest) {
    return (Map<String, Object>) manifest.get("scorer");
  }
}
