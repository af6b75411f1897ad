// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.lucene.Combination;

/** What a search may not ask, and what it is told. */
class BadRequestIT {
  private static final SmallModel model = SmallModel.of("bad", "g1", 1);
  private static Films films;

  @BeforeAll
  static void publish() {
    films = Films.create(Cluster.shared(), "", model, "bad", 2, Map.of("index", false));
  }

  private static void assertRefused(String part, Map<String, Object> neural) {
    assertRefused(part, films.search(neural, 10), 400);
  }

  private static void assertRefused(String part, Map<String, Object> search, int status) {
    Cluster.Answer answer = films.run(search).expect(status);
    assertTrue(answer.error().contains(part), answer.error());
  }

  @Test
  void search_withKeysThatThereAreNot_isRefused() {
    assertRefused("needs a [model]", map());
    assertRefused("got [colour]", map("model", "bad/g1", "colour", "red"));
    assertRefused("got [name]", map("model", "bad/g1", "user", map("name", "x")));
    assertRefused("exactly one of", map("model", "bad/g1", "user", map()));
    assertRefused(
        "exactly one of", map("model", "bad/g1", "user", map("id", "1", "vector", list(1))));
    assertRefused(
        "exactly one of", map("model", "bad/g1", "user", map("id", "1", "weights", list(1))));
    assertRefused("user expects an object", map("model", "bad/g1", "user", "user-1"));
  }

  @Test
  void search_withValuesOutOfBounds_isRefused() {
    assertRefused("weight expects a number from 0 to 1", map("model", "bad/g1", "weight", -0.5));
    assertRefused("weight expects a number from 0 to 1", map("model", "bad/g1", "weight", 1.5));
    assertRefused("weight expects a number", map("model", "bad/g1", "weight", "a lot"));
    assertRefused("on_failure expects", map("model", "bad/g1", "on_failure", "panic"));
    assertRefused("user.vector expects 8 numbers", vector(list(1, 2, 3)));
    assertRefused("expects a number", vector(List.of("x")));
    assertRefused("expects a list", map("model", "bad/g1", "user", map("vector", 3)));
    assertRefused(
        "weights expects 2 numbers",
        map("model", "bad/g1", "user", map("history", List.of("a", "b"), "weights", List.of(1))));
    assertRefused(
        "expects positive numbers",
        map("model", "bad/g1", "user", map("history", List.of("a"), "weights", List.of(0))));
    assertRefused(
        "at most 1e12 in all",
        map("model", "bad/g1", "user", map("history", List.of("a"), "weights", List.of(3e38))));
    List<String> longHistory = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      longHistory.add("film-" + i);
    }
    assertRefused("at most 1000 ids", map("model", "bad/g1", "user", map("history", longHistory)));
    assertRefused("1 to 512 characters", map("model", "bad/g1", "user", map("id", "")));
  }

  @Test
  void search_withAWindowOfNothing_isRefused() {
    for (int window : new int[] {0, -1, -5}) {
      for (String policy : List.of("error", "first_pass")) {
        Map<String, Object> neural = map("model", "bad/g1", "on_failure", policy);
        for (Map<String, Object> search :
            List.of(films.search(neural, window), retriever(neural, window))) {
          String error = films.run(search).expect(400).error();
          // A negative one Elasticsearch may refuse by itself where it asks.
          assertTrue(
              error.contains("[neural] window_size expects a number of at least 1, got " + window)
                  || error.contains("[window_size] parameter cannot be negative, found [" + window),
              error);
        }
      }
    }
  }

  private static Map<String, Object> retriever(Map<String, Object> neural, int window) {
    return map(
        "retriever",
        map(
            "rescorer",
            map(
                "retriever",
                map("standard", map("query", map("match_all", map()))),
                "rescore",
                map("window_size", window, "neural", neural))));
  }

  private static Map<String, Object> vector(Object vector) {
    return map("model", "bad/g1", "user", map("vector", vector));
  }

  @Test
  void search_withAVectorOfTheWrongLength_doesNotRepeatIt() {
    Cluster.Answer answer = films.run(films.search(vector(list(0.8125f, 0.4375f)), 10));
    answer.expect(400);
    assertFalse(answer.response().body().contains("8125"), answer.response().body());
  }

  @Test
  void search_ofAModelThatThereIsNot_namesIt() {
    assertRefused("no model or alias [nobody]", map("model", "nobody"));
    assertEquals(
        "[neural] there is no model or alias [nobody]",
        films
            .run(films.search(map("model", "nobody"), 10))
            .json()
            .path("error")
            .path("root_cause")
            .path(0)
            .path("reason")
            .asString());
    assertRefused("no model or alias [bad/g9]", map("model", "bad/g9"));
    assertRefused("got [B A D/g1]", map("model", "B A D/g1"));
    // Nothing of it reaches a header, where a line break would leave the search without an answer.
    assertRefused("got [a?b]", map("model", "a\nb", "on_failure", "first_pass"));
  }

  @Test
  void search_withSortOrSearchAfter_isRefused() {
    Map<String, Object> sorted = films.search(map("model", "bad/g1"), 10);
    sorted.put("sort", List.of("year"));
    assertRefused("[sort]", sorted, 400);
    Map<String, Object> after = films.search(map("model", "bad/g1"), 10);
    after.put("sort", List.of("_score"));
    after.put("search_after", List.of(1.5));
    assertRefused("search_after", after, 400);
    Map<String, Object> byScore = films.search(map("model", "bad/g1"), 10);
    byScore.put("sort", List.of("_score"));
    Films.scores(films.run(byScore));
  }

  private static void reading(String name, String field, String mapping) {
    Map<String, byte[]> files = model.files();
    files.remove("manifest.json");
    Map<String, Object> manifest = model.manifest(SmallModel.hashes(files));
    manifest.put("name", name);
    Map<String, Object> scorer = new LinkedHashMap<>(cast(manifest.get("scorer")));
    scorer.put(
        "inputs",
        List.of(
            map("name", "user", "source", "user_vector", "width", 8),
            map("name", "items", "source", "item_vector", "width", 8, "field", field)));
    manifest.put("scorer", scorer);
    files.put("manifest.json", SmallModel.bytes(manifest));
    Cluster.shared()
        .call(
            "PUT",
            "/_neural_rescore/models/" + name + "/g1",
            SmallModel.upload(files, "bad", "bad-users"))
        .expect(201);
    if (!mapping.isEmpty()) {
      Cluster.shared()
          .call("PUT", "/bad/_mapping", "{\"properties\":{\"" + field + "\":" + mapping + "}}")
          .expect(200);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object value) {
    return (Map<String, Object>) value;
  }

  @Test
  void search_ofAFieldThatDoesNotFit_namesFieldAndRule() {
    reading("bad-field", "no_such_field", "");
    assertRefused("has no such field", map("model", "bad-field/g1"));
    reading("bad-type", "title", "");
    assertRefused("to be a dense_vector, got [text]", map("model", "bad-type/g1"));
    reading("bad-dims", "short_vector", "{\"type\":\"dense_vector\",\"dims\":4}");
    assertRefused("dims 8, got [4]", map("model", "bad-dims/g1"));
    reading(
        "bad-element",
        "byte_vector",
        "{\"type\":\"dense_vector\",\"dims\":8,\"element_type\":\"byte\"}");
    assertRefused("element_type float or bfloat16, got [byte]", map("model", "bad-element/g1"));
    reading("bad-nested", "parts.inner_vector", "");
    assertRefused("is nested", map("model", "bad-nested/g1"));
  }

  /** Runs where the cache has no room: a model is not open before a search asks for it. */
  private static void withoutWarming(Runnable test) {
    cacheMemory("\"1b\"");
    try {
      test.run();
    } finally {
      cacheMemory("null");
    }
  }

  private static void put(SmallModel model) {
    Cluster.shared()
        .call(
            "PUT",
            "/_neural_rescore/models/" + model.name() + "/g1",
            SmallModel.upload(model.files(), "bad", "bad-users"))
        .expect(201);
  }

  private static void cacheMemory(String most) {
    Cluster.shared()
        .call(
            "PUT",
            "/_cluster/settings",
            "{\"persistent\":{\"neural_rescore.cache.max_memory\":" + most + "}}")
        .expect(200);
  }

  /** The document of a stored scorer; it fits one part. */
  private static String scorerDocument(String model) {
    Cluster.shared().call("POST", "/.neural-rescore-models/_refresh").expect(200);
    return Cluster.shared()
        .call(
            "POST",
            "/.neural-rescore-models/_search",
            "{\"size\":100,\"query\":{\"term\":{\"model\":\"" + model + "\"}}}")
        .expect(200)
        .json()
        .path("hits")
        .path("hits")
        .valueStream()
        .map(hit -> hit.path("_id").asString())
        .filter(id -> id.endsWith("-scorer.onnx"))
        .map(id -> "/.neural-rescore-models/_doc/" + id + "?refresh=true")
        .findFirst()
        .orElseThrow();
  }

  @Test
  void search_ofAModelWithoutItsFiles_failsOrGivesTheFirstPass() {
    withoutWarming(this::searchOfAModelWithoutItsFiles);
  }

  private void searchOfAModelWithoutItsFiles() {
    put(SmallModel.of("bad-lost", "g1", 5));
    Cluster.shared().call("DELETE", scorerDocument("bad-lost/g1")).expect(200);
    Cluster.Answer failed = films.run(films.search(map("model", "bad-lost/g1"), 10)).expect(503);
    assertTrue(failed.error().contains("-scorer.onnx]"), failed.error());
    Map<String, Double> first = Films.scores(films.run(films.firstPass()));
    Map<String, Double> fallback =
        Films.scores(
            films.run(films.search(map("model", "bad-lost/g1", "on_failure", "first_pass"), 10)));
    assertEquals(first.size(), fallback.size());
    fallback.forEach(
        (id, score) ->
            assertEquals(Combination.other(first.get(id).floatValue()), score, 1e-6 * score));
  }

  @Test
  void search_ofAModelWhoseFileWasChanged_isRefused() {
    withoutWarming(this::searchOfAModelWhoseFileWasChanged);
  }

  private void searchOfAModelWhoseFileWasChanged() {
    put(SmallModel.of("bad-changed", "g1", 6));
    Cluster.shared()
        .call("PUT", scorerDocument("bad-changed/g1"), "{\"bytes\":\"AAAA\"}")
        .expect(200);
    Cluster.Answer failed = films.run(films.search(map("model", "bad-changed/g1"), 10));
    assertTrue(failed.status() >= 400);
    assertTrue(failed.error().contains("changed behind the registry"), failed.error());
  }
}
