// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

/** The request cache serves what the search asked for, before and after an alias moves. */
class CacheIT {
  private static final String ALIAS = "/_neural_rescore/aliases/cache-live";

  private final Cluster cluster = Cluster.shared();

  private long hits(String index) {
    return cluster
        .call("GET", "/" + index + "/_stats/request_cache")
        .expect(200)
        .json()
        .path("_all")
        .path("primaries")
        .path("request_cache")
        .path("hit_count")
        .asLong();
  }

  private static void assertScoresOf(
      SmallModel model, float[] user, Films films, Cluster.Answer answer) {
    Map<String, Double> scores = Films.scores(answer);
    assertEquals(Films.FILMS, scores.size());
    scores.forEach((id, score) -> assertEquals(model.score(user, films.item(id)), score, 1e-5, id));
  }

  private static void assertExplained(Cluster.Answer answer) {
    answer
        .expect(200)
        .json()
        .path("hits")
        .path("hits")
        .forEach(
            hit ->
                assertTrue(
                    hit.path("_explanation")
                        .path("description")
                        .asString()
                        .contains("model [cache2/g1]"),
                    () -> hit.path("_explanation").toString()));
  }

  private static Map<String, Object> with(Map<String, Object> search, String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(search);
    more.put(key, value);
    return more;
  }

  @Test
  void search_fromTheCache_followsAliasAndUser() {
    SmallModel first = SmallModel.of("cache", "g1", 1);
    Films films = Films.create(cluster, "", first, "cache", 1, Map.of("index", false));
    // Another model over the same field, so that nothing but the model changes.
    SmallModel second = SmallModel.of("cache2", "g1", 2);
    cluster
        .call(
            "PUT",
            "/_neural_rescore/models/cache2/g1",
            SmallModel.upload(second.files(), "cache", "cache-users"))
        .expect(201);
    String search =
        Cluster.JSON.writeValueAsString(
            films.search(map("model", "cache-live", "user", map("id", "user-0")), 100));
    String path = "/cache/_search?request_cache=true";

    cluster.call("PUT", ALIAS, "{\"model\":\"cache\",\"generation\":\"g1\"}").expect(200);
    assertScoresOf(first, films.user("user-0"), films, cluster.call("POST", path, search));
    long before = hits("cache");
    assertScoresOf(first, films.user("user-0"), films, cluster.call("POST", path, search));
    assertTrue(hits("cache") > before, "the second search comes from the cache");

    cluster.call("PUT", ALIAS, "{\"model\":\"cache2\",\"generation\":\"g1\"}").expect(200);
    assertScoresOf(second, films.user("user-0"), films, cluster.call("POST", path, search));

    // One that explains knows what was rescored, the second time, too.
    String explaining =
        Cluster.JSON.writeValueAsString(
            with(
                films.search(map("model", "cache2/g1", "user", map("id", "user-2")), 100),
                "explain",
                true));
    assertExplained(cluster.call("POST", path, explaining));
    assertExplained(cluster.call("POST", path, explaining));

    String other = search.replace("user-0", "user-1");
    assertScoresOf(second, films.user("user-1"), films, cluster.call("POST", path, other));
  }
}
