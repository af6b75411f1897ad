// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/**
 * The order of hits over three shards where floats run out: outputs at which the transform is flat,
 * first passes far from 1, and a rescorer behind a rescorer.
 */
class OrderIT {
  private static final int DOCS = 60;
  private static final long DAY = 86_400_000L;

  private static final Cluster cluster = Cluster.shared();
  private static final SmallModel model = SmallModel.of("order", "g1", 11);
  private static final float[] USER = {1, 0, 0, 0, 0, 0, 0, 0};

  /** Outputs from about -90 to 90, in an order that is neither the ids' nor the dates'. */
  private static float[] item(int doc) {
    float[] item = new float[SmallModel.RANK];
    item[0] = doc * 23 % DOCS * 2 - 60;
    return item;
  }

  private static long date(int doc) {
    return 1_732_800_000_000L + DAY * (doc * 37 % DOCS);
  }

  @BeforeAll
  static void publish() {
    cluster
        .call(
            "PUT",
            "/order",
            Cluster.JSON.writeValueAsString(
                map(
                    "settings",
                    map("number_of_shards", 3, "number_of_replicas", 0),
                    "mappings",
                    map(
                        "properties",
                        map(
                            "date",
                            map("type", "long"),
                            model.field(),
                            map(
                                "type",
                                "dense_vector",
                                "dims",
                                SmallModel.RANK,
                                "index",
                                false))))))
        .expect(200);
    StringBuilder body = new StringBuilder();
    for (int doc = 0; doc < DOCS; doc++) {
      body.append("{\"index\":{\"_index\":\"order\",\"_id\":\"").append(doc).append("\"}}\n");
      Map<String, Object> source = map("date", date(doc), model.field(), list(item(doc)));
      body.append(Cluster.JSON.writeValueAsString(source)).append('\n');
    }
    Cluster.Answer bulk = cluster.call("POST", "/_bulk?refresh=true", body.toString()).expect(200);
    assertFalse(bulk.json().path("errors").asBoolean(), bulk.json().toString());
    for (String transform : List.of("softplus", "sigmoid", "identity")) {
      SmallModel variant = SmallModel.of("order-" + transform, "g1", 11);
      cluster
          .call(
              "PUT",
              "/_neural_rescore/models/order-" + transform + "/g1",
              SmallModel.upload(withTransform(variant, transform), "order", "order"))
          .expect(201);
    }
  }

  private static Map<String, byte[]> withTransform(SmallModel variant, String transform) {
    Map<String, byte[]> files = new LinkedHashMap<>(variant.files());
    files.remove("manifest.json");
    Map<String, Object> manifest = variant.manifest(SmallModel.hashes(files));
    Map<String, Object> scorer = new LinkedHashMap<>();
    ((Map<?, ?>) manifest.get("scorer")).forEach((key, value) -> scorer.put("" + key, value));
    scorer.put("output", map("name", "score", "transform", transform));
    manifest.put("scorer", scorer);
    files.put("manifest.json", SmallModel.bytes(manifest));
    return files;
  }

  private static Map<String, Object> neural(String transform, int window) {
    return map(
        "window_size",
        window,
        "neural",
        map("model", "order-" + transform + "/g1", "user", map("vector", list(USER))));
  }

  /** All documents by their dates, times a factor. */
  private static Map<String, Object> byDate(double factor, Object rescore) {
    return map(
        "size",
        DOCS,
        "_source",
        false,
        "explain",
        true,
        "query",
        map(
            "function_score",
            map(
                "field_value_factor",
                map("field", "date", "factor", factor),
                "boost_mode",
                "replace")),
        "rescore",
        rescore);
  }

  private static List<Integer> hits(Map<String, Object> search) {
    Cluster.Answer answer =
        cluster.call("POST", "/order/_search", Cluster.JSON.writeValueAsString(search)).expect(200);
    List<Integer> docs = new ArrayList<>();
    for (JsonNode hit : answer.json().path("hits").path("hits")) {
      double score = hit.path("_score").asDouble();
      assertTrue(score > 0, hit.toString());
      assertEquals(
          (float) score, (float) hit.path("_explanation").path("value").asDouble(), hit.toString());
      docs.add(Integer.parseInt(hit.path("_id").asString()));
    }
    assertEquals(DOCS, docs.size());
    return docs;
  }

  private static List<Integer> all(Comparator<Integer> order) {
    List<Integer> docs = new ArrayList<>();
    for (int doc = 0; doc < DOCS; doc++) {
      docs.add(doc);
    }
    docs.sort(order);
    return docs;
  }

  private static final Comparator<Integer> BY_MODEL =
      Comparator.comparingDouble(doc -> -model.logit(USER, item(doc)));

  private static final Comparator<Integer> BY_DATE = Comparator.comparingLong(doc -> -date(doc));

  @ParameterizedTest
  @ValueSource(strings = {"softplus", "sigmoid", "identity"})
  void rescore_whereTheTransformIsFlat_ordersByTheModelOverAllShards(String transform) {
    assertEquals(all(BY_MODEL), hits(byDate(1, neural(transform, DOCS))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-3, 1e-12, 1e-26, 1e-40, 1e20})
  void rescore_withAWindowSmallerThanHits_keepsAnyFirstPassInOrderBehindIt(double factor) {
    List<Integer> docs = hits(byDate(factor, neural("softplus", 4)));
    List<Integer> tail = docs.subList(12, DOCS);
    List<Integer> byDate = new ArrayList<>(tail);
    byDate.sort(BY_DATE);
    assertEquals(byDate, tail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"softplus", "identity"})
  void rescore_behindARescorer_keepsEveryWindowInOrder(String transform) {
    List<Integer> docs = hits(byDate(1, List.of(neural("sigmoid", 12), neural(transform, 3))));
    for (int[] part : new int[][] {{0, 9}, {9, 36}}) {
      List<Integer> hits = docs.subList(part[0], part[1]);
      List<Integer> ordered = new ArrayList<>(hits);
      ordered.sort(BY_MODEL);
      assertEquals(ordered, hits);
    }
    List<Integer> tail = docs.subList(36, DOCS);
    List<Integer> ordered = new ArrayList<>(tail);
    ordered.sort(BY_DATE);
    assertEquals(ordered, tail);
  }
}
