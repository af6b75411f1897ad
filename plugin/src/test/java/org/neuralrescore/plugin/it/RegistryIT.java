// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/** Put, get, list, delete and alias, over REST. */
class RegistryIT {
  private final Cluster cluster = Cluster.shared();

  private static String path(SmallModel model) {
    return "/_neural_rescore/models/" + model.name() + "/" + model.generation();
  }

  private Cluster.Answer put(SmallModel model, Map<String, byte[]> files) {
    return cluster.call("PUT", path(model), SmallModel.upload(files, "items", "users"));
  }

  private Cluster.Answer putAlias(String alias, SmallModel model) {
    return cluster.call(
        "PUT",
        "/_neural_rescore/aliases/" + alias,
        Cluster.JSON.writeValueAsString(
            map("model", model.name(), "generation", model.generation())));
  }

  @Test
  void put_ofAGoodBundle_isListedWithItsHashAndParity() {
    SmallModel model = SmallModel.of("registry-put", "g1", 1);
    Map<String, byte[]> files = model.files();
    JsonNode put = put(model, files).expect(201).json();
    assertEquals(SmallModel.sha256(files.get("manifest.json")), put.path("hash").asString());
    assertTrue(put.path("created").asBoolean());
    assertEquals(8, put.path("parity").path("rows").asInt());
    assertTrue(put.path("parity").path("max_difference").asDouble() < 1e-5);

    JsonNode entry = cluster.call("GET", path(model)).expect(200).json().path("models").path(0);
    assertEquals(put.path("hash"), entry.path("hash"));
    assertEquals("items", entry.path("items_index").asString());
    assertEquals("users", entry.path("users_index").asString());
    assertEquals("factors_g1", entry.path("users_field").asString());
    assertTrue(
        cluster
            .call("GET", "/_neural_rescore/models")
            .expect(200)
            .json()
            .toString()
            .contains("registry-put"));
    assertEquals(
        1,
        cluster
            .call("GET", "/_neural_rescore/models/registry-put")
            .expect(200)
            .json()
            .path("models")
            .size());
  }

  @Test
  void put_ofTheSameBytesAgain_isFineAndOfOthers_isAConflict() {
    SmallModel model = SmallModel.of("registry-again", "g1", 1);
    put(model, model.files()).expect(201);
    assertFalse(put(model, model.files()).expect(200).json().path("created").asBoolean());
    Cluster.Answer other = put(model, SmallModel.of("registry-again", "g1", 2).files()).expect(409);
    assertTrue(other.error().contains("put another one"), other.error());
  }

  @Test
  void put_ofABadBundle_isRefusedAndLeavesNothing() {
    SmallModel model = SmallModel.of("registry-bad", "g1", 1);
    Map<String, byte[]> files = model.files();
    files.put("scorer.onnx", new byte[] {1, 2, 3});
    assertTrue(put(model, files).expect(400).error().contains("sha256"));
    files = model.files();
    files.remove("parity.json");
    assertTrue(put(model, files).expect(400).error().contains("[parity.json]"));
    files = model.files();
    files.put("manifest.json", "{".getBytes(StandardCharsets.UTF_8));
    assertTrue(put(model, files).expect(400).error().contains("manifest.json"));
    assertTrue(
        put(model, SmallModel.of("other", "g1", 1).files())
            .expect(400)
            .error()
            .contains("[other/g1]"));
    cluster.call("PUT", path(model), "{\"files\": {}}").expect(400);
    cluster.call("PUT", path(model), "{\"files\": {\"a\": \"!\"}}").expect(400);
    cluster.call("PUT", path(model), "{\"colour\": \"red\"}").expect(400);
    cluster.call("PUT", path(model), "[]").expect(400);
    cluster.call("PUT", path(model)).expect(400);
    cluster.call("PUT", "/_neural_rescore/models/Bad!/g1", "{}").expect(400);
    cluster.call("GET", path(model)).expect(404);
  }

  @Test
  void delete_ofAModelThatAnAliasNames_isRefusedUntilTheAliasIsGone() {
    SmallModel model = SmallModel.of("registry-delete", "g1", 1);
    put(model, model.files()).expect(201);
    putAlias("registry-live", model).expect(200);
    Cluster.Answer refused = cluster.call("DELETE", path(model)).expect(409);
    assertTrue(refused.error().contains("registry-live"), refused.error());
    cluster.call("DELETE", "/_neural_rescore/aliases/registry-live").expect(200);
    cluster.call("DELETE", path(model)).expect(200);
    cluster.call("GET", path(model)).expect(404);
    cluster.call("DELETE", path(model)).expect(404);
    cluster.call("POST", "/.neural-rescore-models/_refresh").expect(200);
    JsonNode left =
        cluster
            .call(
                "POST",
                "/.neural-rescore-models/_search",
                "{\"query\":{\"term\":{\"model\":\"registry-delete/g1\"}}}")
            .expect(200)
            .json();
    assertEquals(0, left.path("hits").path("total").path("value").asInt());
  }

  @Test
  void alias_movesAndIsListed() {
    SmallModel first = SmallModel.of("registry-alias", "g1", 1);
    SmallModel second = SmallModel.of("registry-alias", "g2", 2);
    put(first, first.files()).expect(201);
    put(second, second.files()).expect(201);
    putAlias("registry-moving", first).expect(200);
    putAlias("registry-moving", second).expect(200);
    JsonNode aliases =
        cluster
            .call("GET", "/_neural_rescore/aliases/registry-moving")
            .expect(200)
            .json()
            .path("aliases");
    assertEquals("g2", aliases.path("registry-moving").path("generation").asString());
    assertTrue(
        cluster
            .call("GET", "/_neural_rescore/aliases")
            .json()
            .path("aliases")
            .has("registry-moving"));
    JsonNode models = cluster.call("GET", "/_neural_rescore/models/registry-alias").json();
    assertEquals(0, models.path("models").path(0).path("aliases").size());
    assertEquals(
        "registry-moving", models.path("models").path(1).path("aliases").path(0).asString());
  }

  @Test
  void put_ofTheSameBundleOverOtherIndices_isAConflictAndAliasesHaveTheirOwn() {
    SmallModel model = SmallModel.of("registry-staged", "g1", 1);
    put(model, model.files()).expect(201);
    putAlias("registry-production", model).expect(200);
    Cluster.Answer refused =
        cluster
            .call("PUT", path(model), SmallModel.upload(model.files(), "staging", "staging-users"))
            .expect(409);
    assertTrue(refused.error().contains("items [items] and users [users]"), refused.error());

    String without =
        Cluster.JSON.writeValueAsString(
            map(
                "files",
                Cluster.JSON.readTree(SmallModel.upload(model.files(), "", "")).path("files")));
    JsonNode again = cluster.call("PUT", path(model), without).expect(200).json();
    assertEquals("users", again.path("users_index").asString());
    cluster
        .call(
            "PUT",
            "/_neural_rescore/aliases/registry-staging",
            Cluster.JSON.writeValueAsString(
                map(
                    "model",
                    model.name(),
                    "generation",
                    "g1",
                    "items_index",
                    "staging",
                    "users_index",
                    "staging-users")))
        .expect(200);
    JsonNode aliases = cluster.call("GET", "/_neural_rescore/aliases").json().path("aliases");
    assertEquals("users", aliases.at("/registry-production/users_index").asString());
    assertEquals("staging-users", aliases.at("/registry-staging/users_index").asString());
    cluster.call("DELETE", "/_neural_rescore/aliases/registry-staging").expect(200);
    assertEquals(
        "users",
        cluster
            .call("GET", "/_neural_rescore/aliases/registry-production")
            .json()
            .at("/aliases/registry-production/users_index")
            .asString());
  }

  @Test
  void indices_thatElasticsearchWouldNotTake_areRefused() {
    SmallModel model = SmallModel.of("registry-named", "g1", 1);
    for (String name : List.of("x".repeat(256), "a*", "a,b", "a b", "..", "_a", "", "a:b")) {
      Cluster.Answer refused =
          cluster
              .call("PUT", path(model), SmallModel.upload(model.files(), "items", name))
              .expect(400);
      assertTrue(refused.error().contains("[users_index]"), refused.error());
      assertTrue(refused.error().length() < 2_000, "answers " + refused.error().length());
    }
    put(model, model.files()).expect(201);
    cluster
        .call(
            "PUT",
            "/_neural_rescore/aliases/registry-named",
            Cluster.JSON.writeValueAsString(
                map(
                    "model",
                    model.name(),
                    "generation",
                    "g1",
                    "items_index",
                    "x".repeat(20_000_000),
                    "users_index",
                    "users")))
        .expect(400);
  }

  @Test
  void alias_toNowhere_isRefused() {
    putAlias("registry-lost", SmallModel.of("no-such-model", "g1", 1)).expect(404);
    cluster.call("PUT", "/_neural_rescore/aliases/x", "{\"model\":\"a\"}").expect(400);
    cluster.call("GET", "/_neural_rescore/aliases/registry-lost").expect(404);
    cluster.call("DELETE", "/_neural_rescore/aliases/registry-lost").expect(404);
  }
}
