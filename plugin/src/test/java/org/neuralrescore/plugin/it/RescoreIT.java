// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.plugin.lucene.Combination;
import tools.jackson.databind.JsonNode;

/** Rescoring on three shards of two segments each. */
class RescoreIT {
  private static final double TOLERANCE = 1e-5;

  private static final SmallModel model = SmallModel.of("films", "g1", 1);
  private static Films films;

  @BeforeAll
  static void publish() {
    Cluster cluster = Cluster.shared();
    films = Films.create(cluster, "", model, "films", 3, Map.of("index", false));
    cluster
        .call(
            "PUT", "/_neural_rescore/aliases/films", "{\"model\":\"films\",\"generation\":\"g1\"}")
        .expect(200);
  }

  private static void assertRescored(Map<String, Double> actual, float[] user, double weight) {
    Map<String, Double> first = Films.scores(films.run(films.firstPass()));
    assertEquals(Films.FILMS, actual.size());
    double before = Double.MAX_VALUE;
    for (Map.Entry<String, Double> hit : actual.entrySet()) {
      double expected =
          (1 - weight) * first.get(hit.getKey())
              + weight * model.score(user, films.item(hit.getKey()));
      assertEquals(expected, hit.getValue(), TOLERANCE * Math.max(1, expected), hit.getKey());
      assertTrue(hit.getValue() <= before, "hits in order of their scores");
      before = hit.getValue();
    }
  }

  @Test
  void rescore_withUserVector_givesTheModelsScores() {
    float[] user = films.user("user-0");
    Cluster.Answer answer =
        films.run(films.search(map("model", "films", "user", map("vector", list(user))), 100));
    assertRescored(Films.scores(answer), user, 1);
    assertEquals("model=films/g1; user=vector", answer.header("X-Neural-Rescore").orElse("none"));
  }

  @Test
  void rescore_withWeight_mixesFirstPassAndModel() {
    float[] user = films.user("user-1");
    assertRescored(
        Films.scores(
            films.run(
                films.search(
                    map("model", "films", "user", map("vector", list(user)), "weight", 0.3), 100))),
        user,
        0.3);
  }

  @Test
  void rescore_withUserId_looksTheUserUp() {
    Cluster.Answer answer =
        films.run(films.search(map("model", "films", "user", map("id", "user-2")), 100));
    assertRescored(Films.scores(answer), films.user("user-2"), 1);
    assertEquals(
        "model=films/g1; user=looked_up", answer.header("X-Neural-Rescore").orElse("none"));
  }

  @Test
  void rescore_withHistory_encodesTheUser() {
    float[] user = model.encode(List.of(films.item("film-3"), films.item("film-10")), 1, 2.5f);
    Cluster.Answer answer =
        films.run(
            films.search(
                map(
                    "model",
                    "films",
                    "user",
                    map(
                        "history",
                        List.of("film-3", "no-such-film", "film-10"),
                        "weights",
                        List.of(1, 9, 2.5))),
                100));
    assertRescored(Films.scores(answer), user, 1);
  }

  @Test
  void rescore_withoutUser_takesTheDefaultUser() {
    assertRescored(
        Films.scores(films.run(films.search(map("model", "films"), 100))), model.defaultUser(), 1);
  }

  @Test
  void rescore_withUnknownUserOrHistory_takesTheDefaultUserAndSaysSo() {
    Cluster.Answer unknown =
        films.run(films.search(map("model", "films", "user", map("id", "nobody")), 100));
    assertRescored(Films.scores(unknown), model.defaultUser(), 1);
    assertEquals(
        "model=films/g1; user=unknown_id", unknown.header("X-Neural-Rescore").orElse("none"));
    Cluster.Answer history =
        films.run(
            films.search(map("model", "films", "user", map("history", List.of("x", "y"))), 100));
    assertRescored(Films.scores(history), model.defaultUser(), 1);
    assertEquals(
        "model=films/g1; user=unknown_history", history.header("X-Neural-Rescore").orElse("none"));
    Films.scores(
        films.run(films.search(map("model", "films", "user", map("history", List.of())), 9)));
    Films.scores(
        films.run(
            films.search(map("model", "films", "user", map("id", "user-without-vector")), 9)));
  }

  @Test
  void rescore_byNameAndGeneration_needsNoAlias() {
    assertRescored(
        Films.scores(films.run(films.search(map("model", "films/g1"), 100))),
        model.defaultUser(),
        1);
  }

  @Test
  void explain_onEveryShard_givesTheHitsScoreAndItsParts() {
    Map<String, Object> search =
        films.search(map("model", "films", "user", map("id", "user-0"), "weight", 0.7), 100);
    search.put("explain", true);
    Cluster.Answer answer = films.run(search);
    Films.scores(answer);
    Set<String> shards = new HashSet<>();
    for (JsonNode hit : answer.json().path("hits").path("hits")) {
      JsonNode explanation = hit.path("_explanation");
      double score = hit.path("_score").asDouble();
      shards.add(hit.path("_shard").asString());
      assertEquals(score, explanation.path("value").asDouble(), 1e-6 * score);
      String text = explanation.toString();
      assertTrue(text.contains("model [films/g1], user looked_up"), text);
      assertTrue(text.contains("softplus(output)"), text);
      assertTrue(text.contains("dot_scale * <user, item>"), text);
      assertTrue(text.contains("remainder"), text);
      boolean missing = films.isMissing(hit.path("_id").asString());
      assertEquals(missing, text.contains("[items] is missing"), text);
      float[] item = films.item(hit.path("_id").asString());
      float dot = 0;
      for (int f = 0; f < SmallModel.RANK; f++) {
        dot += item[f] * films.user("user-0")[f];
      }
      assertEquals(dot != 0, text.contains("factor [taste "), text);
      // The parts add up: (1 - weight) * first pass and weight * model.
      double sum = 0;
      for (JsonNode part : explanation.path("details")) {
        sum += part.path("value").asDouble();
      }
      assertEquals(score, sum, 1e-5 * score);
    }
    assertEquals(3, shards.size());
  }

  @Test
  void rescore_whenWindowSmallerThanHits_keepsEachShardsTailInOrderBelow() {
    Map<String, Double> first = Films.scores(films.run(films.firstPass()));
    Map<String, Object> search =
        films.search(map("model", "films", "user", map("id", "user-0")), 5);
    search.put("explain", true);
    Cluster.Answer answer = films.run(search);
    Map<String, Double> scores = Films.scores(answer);
    assertEquals(Films.FILMS, scores.size());
    int rescored = 0;
    double before = Double.MAX_VALUE;
    for (Map.Entry<String, Double> hit : scores.entrySet()) {
      if (hit.getValue() > 0x1p-40) {
        assertEquals(
            model.score(films.user("user-0"), films.item(hit.getKey())), hit.getValue(), TOLERANCE);
        rescored++;
      } else {
        float other = Combination.other(first.get(hit.getKey()).floatValue());
        assertEquals(other, hit.getValue(), 1e-6 * other);
        assertTrue(hit.getValue() <= before);
      }
      before = hit.getValue();
    }
    assertEquals(15, rescored);
    for (JsonNode hit : answer.json().path("hits").path("hits")) {
      double score = hit.path("_score").asDouble();
      assertEquals(score, hit.path("_explanation").path("value").asDouble(), 1e-6 * score);
      assertEquals(score < 0x1p-40, hit.path("_explanation").toString().contains("not rescored"));
    }
  }

  @Test
  void rescore_ofHitsThatScoreAlike_keepsTheFirstPassOrderOfTheirShard() {
    Map<String, Object> search = films.firstPass();
    search.put("explain", true);
    Map<String, List<String>> first = withoutVectorByShard(films.run(search));
    search = films.search(map("model", "films", "user", map("id", "user-0")), 100);
    search.put("explain", true);
    assertEquals(first, withoutVectorByShard(films.run(search)));
    assertTrue(first.values().stream().anyMatch(ids -> ids.size() > 2), first.toString());
  }

  private static Map<String, List<String>> withoutVectorByShard(Cluster.Answer answer) {
    Map<String, List<String>> byShard = new TreeMap<>();
    for (JsonNode hit : answer.expect(200).json().path("hits").path("hits")) {
      if (films.isMissing(hit.path("_id").asString())) {
        byShard
            .computeIfAbsent(hit.path("_shard").asString(), shard -> new ArrayList<>())
            .add(hit.path("_id").asString());
      }
    }
    return byShard;
  }

  @Test
  void rescore_inARescorerRetriever_ordersByTheModel() {
    float[] user = films.user("user-3");
    Map<String, Object> search =
        map(
            "size",
            20,
            "_source",
            false,
            "retriever",
            map(
                "rescorer",
                map(
                    "retriever",
                    map("standard", map("query", map("match", map("title", "space")))),
                    "rescore",
                    map(
                        "window_size",
                        100,
                        "neural",
                        map("model", "films", "user", map("id", "user-3"))))));
    Map<String, Double> scores = Films.scores(films.run(search));
    assertEquals(20, scores.size());
    for (Map.Entry<String, Double> hit : scores.entrySet()) {
      assertEquals(model.score(user, films.item(hit.getKey())), hit.getValue(), TOLERANCE);
    }
  }

  @Test
  void rescore_withCollapse_keepsTheGroupsTogether() {
    Map<String, Object> search =
        films.search(map("model", "films", "user", map("id", "user-1")), 100);
    search.put("collapse", map("field", "decade"));
    Cluster.Answer answer = films.run(search);
    if (answer.status() == 400) {
      // Elasticsearch itself may refuse the two together; then there is nothing to get wrong.
      assertTrue(answer.error().contains("collapse"), answer.error());
      return;
    }
    Films.scores(answer);
    Set<String> decades = new HashSet<>();
    for (JsonNode hit : answer.json().path("hits").path("hits")) {
      String id = hit.path("_id").asString();
      String decade = hit.path("fields").path("decade").path(0).asString();
      assertEquals(films.decade(id), decade);
      assertTrue(decades.add(decade), "one hit a group");
      assertEquals(
          model.score(films.user("user-1"), films.item(id)),
          hit.path("_score").asDouble(),
          TOLERANCE);
    }
  }

  @Test
  void rescore_withTopHits_answersForEachBucket() {
    Map<String, Object> search =
        films.search(map("model", "films", "user", map("id", "user-1")), 100);
    search.put(
        "aggs",
        map(
            "decades",
            map(
                "terms",
                map("field", "decade"),
                "aggs",
                map("best", map("top_hits", map("size", 2, "_source", false))))));
    Cluster.Answer answer = films.run(search);
    assertRescored(Films.scores(answer), films.user("user-1"), 1);
    JsonNode buckets = answer.json().path("aggregations").path("decades").path("buckets");
    assertTrue(buckets.size() > 1);
    for (JsonNode bucket : buckets) {
      for (JsonNode hit : bucket.path("best").path("hits").path("hits")) {
        assertEquals(
            model.score(films.user("user-1"), films.item(hit.path("_id").asString())),
            hit.path("_score").asDouble(),
            TOLERANCE);
      }
    }
  }

  @Test
  void rescore_inAMultiSearch_works() {
    String body =
        "{\"index\":\"films\"}\n"
            + Cluster.JSON.writeValueAsString(films.search(map("model", "films"), 100))
            + "\n";
    Cluster.Answer answer = Cluster.shared().call("POST", "/_msearch", body).expect(200);
    assertEquals(
        Films.FILMS,
        answer.json().path("responses").path(0).path("hits").path("hits").size(),
        answer.json().toString());
  }
}
