// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/**
 * Every cause of {@code on_failure}: the status that a search gets, and that {@code first_pass}
 * gives all hits in the first pass' order and says why.
 */
class FirstPassIT {
  private static final String DEGRADED = "X-Neural-Rescore-Degraded";

  private static final Cluster cluster = Cluster.shared();
  private static final SmallModel model = SmallModel.of("policy", "g1", 1);
  private static Films films;

  @BeforeAll
  static void publish() {
    films = Films.create(cluster, "", model, "policy", 3, Map.of("index", false));
  }

  /** The model under another name, with another users index. */
  private static void putWithUsers(String name, String usersIndex) {
    cluster
        .call(
            "PUT",
            "/_neural_rescore/models/" + name + "/g1",
            SmallModel.upload(SmallModel.of(name, "g1", 1).files(), "policy", usersIndex))
        .expect(201);
  }

  /** Both policies: the status and part of the error, then the whole first pass and the cause. */
  private static void assertCovered(
      int status, String part, String cause, Map<String, Object> neural) {
    long failures = counted("failed", cause);
    long degradations = counted("degraded", cause);
    Cluster.Answer failed = films.run(films.search(neural, 100)).expect(status);
    assertTrue(failed.error().contains(part), failed.error());
    Map<String, Object> tolerant = new LinkedHashMap<>(neural);
    tolerant.put("on_failure", "first_pass");
    Cluster.Answer answer = films.run(films.search(tolerant, 100));
    assertEquals(
        List.copyOf(Films.scores(films.run(films.firstPass())).keySet()),
        List.copyOf(Films.scores(answer).keySet()));
    assertEquals(Set.of(cause), answer.headers(DEGRADED));
    assertTrue(counted("failed", cause) > failures, cause);
    assertTrue(counted("degraded", cause) > degradations, cause);
  }

  private static long counted(String what, String cause) {
    long sum = 0;
    for (JsonNode node :
        cluster.call("GET", "/_neural_rescore/stats").expect(200).json().path("nodes")) {
      sum += node.path(what).path(cause).asLong(0);
    }
    return sum;
  }

  @Test
  void search_ofAnUnknownModel_isCovered() {
    assertCovered(400, "no model or alias [ghost]", "unknown_model", map("model", "ghost"));
    Cluster.Answer answer =
        films.run(films.search(map("model", "ghost", "on_failure", "first_pass"), 100));
    assertEquals("model=ghost; unavailable", answer.header("X-Neural-Rescore").orElse("none"));
    // Nothing was rescored and nothing pushed down: the scores are the query's.
    assertEquals(Films.scores(films.run(films.firstPass())), Films.scores(answer));
  }

  @Test
  void search_whoseUsersIndexIsMissingOrClosed_isCovered() {
    Map<String, Object> user = map("id", "user-0");
    putWithUsers("policy-missing", "no-such-users");
    assertCovered(
        404, "no-such-users", "look_up_failed", map("model", "policy-missing/g1", "user", user));
    cluster.call("PUT", "/closed-users", "").expect(200);
    cluster.call("POST", "/closed-users/_close", "").expect(200);
    putWithUsers("policy-closed", "closed-users");
    assertCovered(400, "closed", "look_up_failed", map("model", "policy-closed/g1", "user", user));
  }

  @Test
  void search_whoseUsersFieldIsOfNumbers_isRefusedAndNotServedAsSomebodyElse() {
    cluster.call("PUT", "/number-users", "").expect(200);
    index("number-users", "user-0", map(model.field(), list(films.user("user-0"))));
    putWithUsers("policy-numbers", "number-users");
    assertCovered(
        400,
        "expected to be a dense_vector",
        "field_not_fit",
        map("model", "policy-numbers/g1", "user", map("id", "user-0")));
    // Whoever is not there is not served as the default user of an index that has no vectors.
    assertCovered(
        400,
        "expected to be a dense_vector",
        "field_not_fit",
        map("model", "policy-numbers/g1", "user", map("id", "nobody")));
  }

  @Test
  void search_whoseUsersIndexHasNoSuchField_isRefused() {
    cluster.call("PUT", "/plain-users", "").expect(200);
    index("plain-users", "user-0", map("name", "x"));
    putWithUsers("policy-plain", "plain-users");
    assertCovered(
        400,
        "field [factors_g1] of [plain-users] is not there",
        "field_not_fit",
        map("model", "policy-plain/g1", "user", map("id", "user-0")));
  }

  @Test
  void search_whoseUsersAliasHasAnIdTwice_isRefused() {
    for (String index : List.of("twice-users-a", "twice-users-b")) {
      cluster
          .call(
              "PUT",
              "/" + index,
              "{\"mappings\":{\"properties\":{\"factors_g1\":{\"type\":\"dense_vector\",\"dims\":8,"
                  + "\"index\":false}}}}")
          .expect(200);
      index(index, "user-0", map(model.field(), list(films.user("user-0"))));
    }
    cluster
        .call(
            "POST",
            "/_aliases",
            "{\"actions\":[{\"add\":{\"index\":\"twice-users-*\",\"alias\":\"twice-users\"}}]}")
        .expect(200);
    putWithUsers("policy-twice", "twice-users");
    assertCovered(
        400,
        "[twice-users] has several documents of one id",
        "field_not_fit",
        map("model", "policy-twice/g1", "user", map("id", "user-0")));
  }

  @Test
  void search_withAVectorOfHugeNumbers_isTheCallersToMend() {
    float[] huge = new float[SmallModel.RANK];
    Arrays.fill(huge, 3.4e38f);
    Map<String, Object> neural = map("model", "policy/g1", "user", map("vector", list(huge)));
    assertCovered(400, "with this [user.vector]", "not_finite", neural);
    Cluster.Answer answer = films.run(films.search(neural, 100)).expect(400);
    assertTrue(answer.error().contains("model [policy/g1], document [film-"), answer.error());
    assertFalse(answer.response().body().contains("3.4"), answer.response().body());
  }

  @Test
  void search_overAnIndexWithoutTheField_keepsItsHitsBehindTheRescoredOnes() {
    cluster.call("PUT", "/policy-bare", "{\"settings\":{\"number_of_shards\":2}}").expect(200);
    for (int i = 0; i < 27; i++) {
      index("policy-bare", "bare-" + i, map("title", "space " + "space ".repeat(i)));
    }
    Map<String, Object> neural = map("model", "policy/g1", "on_failure", "first_pass");
    Map<String, Object> search = films.search(neural, 100);
    search.put("size", 100);
    Cluster.Answer answer = both(search);
    List<String> ids = List.copyOf(Films.scores(answer).keySet());
    assertEquals(Films.FILMS + 27, ids.size());
    assertEquals(Set.of("field_not_fit"), answer.headers(DEGRADED));
    assertEquals("model=policy/g1; user=default", answer.header("X-Neural-Rescore").orElse(""));
    for (int i = 0; i < ids.size(); i++) {
      assertEquals(i >= Films.FILMS, ids.get(i).startsWith("bare-"), ids.toString());
    }
    Map<String, Object> first = films.firstPass();
    first.put("size", 100);
    List<String> bare =
        Films.scores(both(first)).keySet().stream().filter(id -> id.startsWith("bare-")).toList();
    assertEquals(bare, ids.subList(Films.FILMS, ids.size()));
    // A rescorer in a retriever loses none either.
    Map<String, Object> retriever =
        map(
            "size",
            100,
            "retriever",
            map(
                "rescorer",
                map(
                    "retriever",
                    map("standard", map("query", map("match", map("title", "space")))),
                    "rescore",
                    map("window_size", 100, "neural", neural))));
    assertEquals(Films.FILMS + 27, Films.scores(both(retriever)).size());
  }

  @Test
  void search_thatGoesWithoutForSeveralCauses_namesThemAll() {
    cluster.call("PUT", "/policy-plain", "{\"settings\":{\"number_of_shards\":3}}").expect(200);
    for (int i = 0; i < 9; i++) {
      index("policy-plain", "plain-" + i, map("title", "space"));
    }
    float[] huge = new float[SmallModel.RANK];
    Arrays.fill(huge, 3.4e38f);
    Map<String, Object> search =
        films.search(
            map(
                "model",
                "policy/g1",
                "user",
                map("vector", list(huge)),
                "on_failure",
                "first_pass"),
            100);
    search.put("size", 100);
    Cluster.Answer answer =
        cluster.call(
            "POST", "/policy,policy-plain/_search", Cluster.JSON.writeValueAsString(search));
    assertEquals(Films.FILMS + 9, Films.scores(answer).size());
    assertEquals(Set.of("field_not_fit", "not_finite"), answer.headers(DEGRADED));
  }

  @Test
  void search_thatTheBreakerHasNoRoomFor_isCovered() {
    limitBreaker("\"1b\"");
    try {
      assertCovered(429, "circuit_breaking_exception", "no_memory", map("model", "policy/g1"));
    } finally {
      limitBreaker("null");
    }
    assertEquals(
        Set.of(), films.run(films.search(map("model", "policy/g1"), 100)).headers(DEGRADED));
  }

  private static void limitBreaker(String limit) {
    cluster
        .call(
            "PUT",
            "/_cluster/settings",
            "{\"persistent\":{\"breaker.neural_rescore.limit\":" + limit + "}}")
        .expect(200);
  }

  private static Cluster.Answer both(Map<String, Object> search) {
    return cluster.call(
        "POST", "/policy,policy-bare/_search", Cluster.JSON.writeValueAsString(search));
  }

  private static void index(String index, String id, Map<String, Object> source) {
    cluster
        .call(
            "PUT",
            "/" + index + "/_doc/" + id + "?refresh=true",
            Cluster.JSON.writeValueAsString(source))
        .expect(201);
  }

  @Test
  void search_withWhatTheRequestHasWrong_isRefusedWhateverThePolicy() {
    for (Map<String, Object> neural :
        List.of(
            map("model", "policy/g1", "user", map("vector", Collections.nCopies(3, 1))),
            map("model", "policy/g1", "context", map("country", "x")))) {
      neural.put("on_failure", "first_pass");
      films.run(films.search(neural, 100)).expect(400);
    }
  }
}
