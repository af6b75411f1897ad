// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

/** A node of 512 MB takes the largest model that the page promises, and refuses what is larger. */
class SmallHeapIT {
  /** Of the network's two hidden layers: 60 MB of weights. */
  private static final int WIDTH = 3_870;

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        Cluster.start(
            Cluster.options().javaOptions("-Xms512m -Xmx512m" + Cluster.SHORT_LIVED).build());
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  private static Cluster.Answer put(SmallModel model, Map<String, byte[]> files, String items) {
    return cluster.call(
        "PUT",
        "/_neural_rescore/models/" + model.name() + "/" + model.generation(),
        SmallModel.upload(files, items, "heap-users"));
  }

  @Test
  void put_ofAScorerOf60MB_isTakenAndServed() {
    SmallModel model = SmallModel.heavy("heap", "g1", WIDTH);
    assertTrue(model.scorerGraph().length > 59_000_000);
    Films films = Films.create(cluster, "", model, "heap", 1, Map.of("index", false));
    for (int again = 0; again < 3; again++) {
      putAgainWhereTheNodeIsFull(films).expect(200);
    }
    Map<String, Double> scores =
        Films.scores(
            films.run(films.search(map("model", "heap/g1", "user", map("id", "user-1")), 100)));
    assertEquals(Films.FILMS, scores.size());
    scores.forEach(
        (id, score) ->
            assertEquals(model.score(films.user("user-1"), films.item(id)), score, 1e-5, id));
  }

  /**
   * Elasticsearch itself refuses a body (429, transient) while its heap holds what the last one
   * left behind; a client tries again.
   */
  private static Cluster.Answer putAgainWhereTheNodeIsFull(Films films) {
    for (int more = 20; ; more--) {
      Cluster.Answer answer = cluster.call("PUT", films.modelPath(), films.upload());
      if (answer.status() != 429 || more == 0) {
        return answer;
      }
      assertTrue(answer.error().contains("circuit_breaking_exception"), answer.error());
    }
  }

  @Test
  void put_ofWhatIsTooLarge_isRefusedByAName() {
    SmallModel model = SmallModel.of("heap-refused", "g1", 1);
    Map<String, byte[]> files = model.files();
    String numbers = "{\"a\": [" + String.join(",", Collections.nCopies(9_000_000, "1.5")) + "]}";
    files.put("parity.json", numbers.getBytes(StandardCharsets.UTF_8));
    files.put("manifest.json", manifest(model, files));
    for (int again = 0; again < 3; again++) {
      String error = put(model, files, "heap").expect(400).error();
      assertTrue(error.contains("parity.json expects at most 16777216 bytes"), error);
    }
    String many = "{\"a\": [" + String.join(",", Collections.nCopies(8_000_000, "0")) + "]}";
    files.put("parity.json", many.getBytes(StandardCharsets.UTF_8));
    files.put("manifest.json", manifest(model, files));
    assertTrue(put(model, files, "heap").expect(400).error().contains("1048576 values"));
    String text = "x".repeat(20_000_000);
    String error = put(model, model.files(), text).expect(400).error();
    assertTrue(error.contains("[items_index]") && error.length() < 2_000, error);
    cluster.call("GET", "/_neural_rescore/models/heap-refused").expect(404);
  }

  /** Packed as Elasticsearch packs, a file of a gigabyte is one megabyte. */
  @Test
  void put_ofACompressedBody_isRefusedAndUnpacksNothing() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(new byte[] {'D', 'F', 'L', 0});
    try (OutputStream out =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_SPEED, true))) {
      out.write("{\"files\":{\"x\":\"".getBytes(StandardCharsets.UTF_8));
      byte[] some = "A".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1_000; i++) {
        out.write(some);
      }
      out.write("\"}}".getBytes(StandardCharsets.UTF_8));
    }
    cluster.put("/_neural_rescore/models/bomb/g1", packed.toByteArray()).expect(400);
    cluster.call("GET", "/_neural_rescore/models/bomb").expect(404);
  }

  /** What a trainer tells itself is not on the heap of the nodes. */
  @Test
  void put_ofManyModelsWithMuchProvenance_leavesTheHeapToSearches() {
    for (int i = 0; i < 12; i++) {
      SmallModel model = SmallModel.of("told-" + i, "g1", i);
      Map<String, byte[]> files = model.files();
      files.remove("manifest.json");
      Map<String, Object> manifest = model.manifest(SmallModel.hashes(files));
      manifest.put("provenance", map("seen", Collections.nCopies(450_000, map("k", 1))));
      files.put("manifest.json", SmallModel.bytes(manifest));
      put(model, files, "heap").expect(201);
    }
  }

  private static byte[] manifest(SmallModel model, Map<String, byte[]> files) {
    Map<String, byte[]> others = new LinkedHashMap<>(files);
    others.remove("manifest.json");
    return SmallModel.bytes(model.manifest(SmallModel.hashes(others)));
  }
}
