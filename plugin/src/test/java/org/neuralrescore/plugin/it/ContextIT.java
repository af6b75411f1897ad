// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.ContextModel;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/** A model that reads the request's context, built by hand, on three shards. */
class ContextIT {
  private static final SmallModel base = SmallModel.of("abroad", "g1", 4);
  private static final ContextModel model = new ContextModel(base);
  private static Films films;

  @BeforeAll
  static void publish() {
    films = Films.indices(Cluster.shared(), "", base, "abroad", 3, Map.of("index", false));
    Cluster.shared()
        .call("PUT", films.modelPath(), SmallModel.upload(model.files(), "abroad", "abroad-users"))
        .expect(201);
  }

  private static Map<String, Object> neural(Object context) {
    return map(
        "model",
        "abroad/g1",
        "user",
        map("vector", list(films.user("user-1"))),
        "context",
        context);
  }

  private static Cluster.Answer run(Object context) {
    return films.run(films.search(neural(context), 100));
  }

  private static void assertScores(Map<String, Double> actual, Map<String, String> context) {
    assertEquals(Films.FILMS, actual.size());
    double before = Double.MAX_VALUE;
    for (Map.Entry<String, Double> hit : actual.entrySet()) {
      double expected = model.score(films.user("user-1"), films.item(hit.getKey()), context);
      assertEquals(expected, hit.getValue(), 1e-5 * Math.max(1, expected), hit.getKey());
      assertTrue(hit.getValue() <= before);
      before = hit.getValue();
    }
  }

  @Test
  void rescore_inAContext_givesTheModelsScoresInIt() {
    assertScores(
        Films.scores(run(Map.of("country", "France", "hour", 13))),
        Map.of("country", "France", "hour", "13"));
    // The same search in another one: nothing cached may answer it.
    assertScores(Films.scores(run(Map.of("country", "Peru"))), Map.of("country", "Peru"));
    assertScores(Films.scores(run(Map.of("hour", "0"))), Map.of("hour", "0"));
  }

  @Test
  void rescore_withoutContextOrWithAnUnknownValue_takesZeros() {
    Map<String, Object> without = neural(Map.of());
    without.remove("context");
    assertScores(Films.scores(films.run(films.search(without, 100))), Map.of());
    assertScores(Films.scores(run(Map.of())), Map.of());
    assertScores(Films.scores(run(Map.of("country", "Atlantis", "hour", ""))), Map.of());
    assertScores(Films.scores(run(Map.of("country", "france"))), Map.of());
  }

  @Test
  void rescore_withAColumnThatTheModelDoesNotRead_isRefusedAndNamesThoseItReads() {
    for (String policy : List.of("error", "first_pass")) {
      Map<String, Object> neural = neural(Map.of("contry", "France"));
      neural.put("on_failure", policy);
      String error = films.run(films.search(neural, 10)).expect(400).error();
      assertTrue(
          error.contains(
              "context has [contry], model [abroad/g1] reads the context columns [country, hour]"),
          error);
    }
    SmallModel plain = SmallModel.of("at-home", "g1", 4);
    Films home = Films.create(Cluster.shared(), "", plain, "at-home", 1, Map.of("index", false));
    String error =
        home.run(home.search(map("model", "at-home/g1", "context", Map.of("country", "Peru")), 10))
            .expect(400)
            .error();
    assertTrue(error.contains("model [at-home/g1] reads no context"), error);
  }

  @Test
  void rescore_withAContextThatIsNone_isRefusedWithoutItsValue() {
    for (Object bad : List.of(List.of("secret"), "secret", Map.of("country", List.of("secret")))) {
      Cluster.Answer answer = run(bad).expect(400);
      assertTrue(answer.error().contains("[neural] context"), answer.error());
      assertFalse(answer.response().body().contains("secret"), answer.response().body());
    }
    String endless = "x".repeat(300);
    Cluster.Answer answer = run(Map.of("country", endless)).expect(400);
    assertTrue(answer.error().contains("at most 256 characters, got 300"), answer.error());
    assertFalse(answer.response().body().contains(endless));
  }

  @Test
  void explain_saysWhichContextWasUsed_andGivesTheHitsScore() {
    Map<String, Object> search =
        films.search(neural(Map.of("country", "Chad", "hour", "noon")), 100);
    search.put("explain", true);
    Cluster.Answer answer = films.run(search);
    Films.scores(answer);
    for (JsonNode hit : answer.json().path("hits").path("hits")) {
      JsonNode explanation = hit.path("_explanation");
      assertEquals(hit.path("_score").asDouble(), explanation.path("value").asDouble(), 1e-6);
      String said = explanation.toString();
      assertTrue(
          said.contains("context country [Chad], hour [noon] unknown to the model: zeros"), said);
    }
    Map<String, Object> silent = films.search(neural(Map.of()), 100);
    silent.put("explain", true);
    String said = films.run(silent).expect(200).json().toString();
    assertTrue(said.contains("context country not given: zeros, hour not given: zeros"), said);
  }
}
