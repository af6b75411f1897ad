// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.neuralrescore.plugin.bundle.SmallModel;

/** A master that is asked, and a second node that has all shards. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
  private static final SmallModel model = SmallModel.of("far", "g1", 1);

  private static Cluster first;
  private static Cluster second;
  private static Films films;

  @BeforeAll
  @Timeout(300)
  static void start() throws InterruptedException {
    first = Cluster.start(Nodes.first(Cluster.options()).build());
    second = Cluster.start(Nodes.joining(Cluster.options(), first, "node-2").build());
    films = Films.create(first, "", model, "far", 3, Map.of("index", false));
    first
        .call(
            "PUT",
            "/far-plain",
            "{\"settings\":{\"number_of_shards\":3,\"number_of_replicas\":0},"
                + "\"mappings\":{\"properties\":{\"place\":"
                + "{\"type\":\"dense_vector\",\"dims\":2,\"similarity\":\"l2_norm\"}}}}")
        .expect(200);
    for (int i = 0; i < 9; i++) {
      first
          .call(
              "PUT",
              "/far-plain/_doc/" + i + "?refresh=true",
              "{\"title\":\"space\",\"place\":[1,1]}")
          .expect(201);
    }
    // A search by [place] wants the field in every index that it names.
    first
        .call(
            "PUT",
            "/far/_mapping",
            "{\"properties\":{\"place\":"
                + "{\"type\":\"dense_vector\",\"dims\":2,\"similarity\":\"l2_norm\"}}}")
        .expect(200);
    first
        .call(
            "PUT",
            "/far,far-plain/_settings",
            "{\"index.routing.allocation.require._name\":\"node-2\"}")
        .expect(200);
    while (!allAreOn("node-2")) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean allAreOn(String node) {
    return first
        .call("GET", "/_cat/shards/far,far-plain?format=json")
        .expect(200)
        .json()
        .valueStream()
        .allMatch(shard -> shard.path("node").asString().equals(node));
  }

  @AfterAll
  static void stop() {
    first.stop();
    second.stop();
  }

  @Test
  @Order(1)
  void search_whoseShardsGoWithoutForSeveralCausesOnAnotherNode_namesThemAll() {
    float[] huge = new float[SmallModel.RANK];
    Arrays.fill(huge, 3.4e38f);
    Map<String, Object> search =
        films.search(
            map("model", "far/g1", "user", map("vector", list(huge)), "on_failure", "first_pass"),
            100);
    search.put("size", 100);
    Cluster.Answer answer =
        first.call("POST", "/far,far-plain/_search", Cluster.JSON.writeValueAsString(search));
    assertEquals(Films.FILMS + 9, Films.scores(answer).size());
    Set<String> causes = Set.of("field_not_fit", "not_finite");
    assertEquals(causes, answer.headers("X-Neural-Rescore-Degraded"));
    // With a phase before the query's a shard's second request says no more what is searched for.
    answer =
        first.call(
            "POST",
            "/far,far-plain/_search?search_type=dfs_query_then_fetch",
            Cluster.JSON.writeValueAsString(search));
    assertEquals(Films.FILMS + 9, Films.scores(answer).size());
    assertEquals(causes, answer.headers("X-Neural-Rescore-Degraded"));
    search.put(
        "knn", map("field", "place", "query_vector", List.of(1, 1), "k", 1, "num_candidates", 1));
    answer = first.call("POST", "/far,far-plain/_search", Cluster.JSON.writeValueAsString(search));
    assertEquals(Films.FILMS + 9, Films.scores(answer).size());
    assertEquals(causes, answer.headers("X-Neural-Rescore-Degraded"));
  }

  /** Never 200 with nothing in it: that would read as if nothing were deployed. */
  @Test
  @Order(2)
  @Timeout(300)
  void registry_ofANodeThatHasNoMaster_isUnavailable() throws Exception {
    first.stop();
    for (String path : new String[] {"/_neural_rescore/models", "/_neural_rescore/aliases"}) {
      Cluster.Answer answer = second.call("GET", path);
      while (answer.status() == 200) {
        if (path.endsWith("models")) {
          assertEquals(1, answer.json().path("models").size(), answer.json().toString());
        }
        TimeUnit.MILLISECONDS.sleep(100);
        answer = second.call("GET", path);
      }
      answer.expect(503);
    }
  }
}
