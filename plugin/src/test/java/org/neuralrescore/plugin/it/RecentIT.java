// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.RecentModel;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/** A model that reads its user's newest items, built by hand, on three shards. */
class RecentIT {
  private static final SmallModel base = SmallModel.of("moody", "g1", 4);
  private static final RecentModel model = new RecentModel(base);
  private static final float[] RECENT = SmallModel.vector(new Random(31));
  private static Films films;

  @BeforeAll
  static void publish() {
    films = Films.indices(Cluster.shared(), "", base, "moody", 3, Map.of("index", false));
    Cluster.shared()
        .call(
            "PUT",
            "/moody-users/_mapping",
            Cluster.JSON.writeValueAsString(
                map(
                    "properties",
                    map(
                        model.field(),
                        map("type", "dense_vector", "dims", SmallModel.RANK, "index", false)))))
        .expect(200);
    // Of one user alone: the others have a taste, and nothing recent is known of them.
    Cluster.shared()
        .call(
            "POST",
            "/moody-users/_update/user-1?refresh=true",
            Cluster.JSON.writeValueAsString(map("doc", map(model.field(), list(RECENT)))))
        .expect(200);
    Cluster.shared()
        .call("PUT", films.modelPath(), SmallModel.upload(model.files(), "moody", "moody-users"))
        .expect(201);
  }

  private static Cluster.Answer run(Map<String, Object> user) {
    return films.run(films.search(map("model", "moody/g1", "user", user), 100));
  }

  private static void assertScores(Cluster.Answer answer, float[] user, float[] recent) {
    Map<String, Double> actual = Films.scores(answer);
    assertEquals(Films.FILMS, actual.size());
    for (Map.Entry<String, Double> hit : actual.entrySet()) {
      double expected = model.score(user, recent, films.item(hit.getKey()));
      assertEquals(expected, hit.getValue(), 1e-5 * Math.max(1, expected), hit.getKey());
    }
  }

  @Test
  void rescore_byId_looksBothVectorsUp_andTakesTheDefaultOneWhereThereIsNone() {
    assertScores(run(map("id", "user-1")), films.user("user-1"), RECENT);
    assertScores(run(map("id", "user-2")), films.user("user-2"), model.defaultRecent());
    assertScores(run(map("id", "nobody")), base.defaultUser(), model.defaultRecent());
  }

  @Test
  void rescore_withoutUser_takesBothDefaults() {
    assertScores(
        films.run(films.search(map("model", "moody/g1"), 100)),
        base.defaultUser(),
        model.defaultRecent());
  }

  @Test
  void rescore_byVector_takesTheRequestsRecentVectorOrTheDefaultOne() {
    float[] user = films.user("user-3");
    assertScores(run(map("vector", list(user), "recent", list(RECENT))), user, RECENT);
    assertScores(run(map("vector", list(user))), user, model.defaultRecent());
    assertScores(
        run(map("vector", list(user), "recent", list(new float[SmallModel.RANK]))),
        user,
        new float[SmallModel.RANK]);
  }

  @Test
  void rescore_byHistory_encodesTheWholeWithItsWeights_andTheNewestByTheirOrder() {
    float[] a = films.item("film-3");
    float[] b = films.item("film-10");
    float[] c = films.item("film-11");
    // film-6 has no vector and no-such-film is none: neither is one of the newest two.
    assertScores(
        run(
            map(
                "history",
                List.of("film-3", "film-10", "film-11", "film-6", "no-such-film"),
                "weights",
                List.of(3, 1, 2, 9, 9))),
        base.encode(List.of(a, b, c), 3, 1, 2),
        base.encode(List.of(b, c), RecentModel.DECAY, 1));
    // One that comes up twice is where it came up last.
    assertScores(
        run(map("history", List.of("film-10", "film-3", "film-10"))),
        base.encode(List.of(b, a), 2, 1),
        base.encode(List.of(a, b), RecentModel.DECAY, 1));
    assertScores(
        run(map("history", List.of("film-3"))),
        base.encode(List.of(a), 1),
        base.encode(List.of(a), 1));
    assertScores(
        run(map("history", List.of("no-such-film"))), base.defaultUser(), model.defaultRecent());
    assertScores(run(map("history", List.of())), base.defaultUser(), model.defaultRecent());
  }

  @Test
  void explain_saysHowTheRecentVectorCameAbout_andGivesTheHitsScore() {
    assertExplained("user looked_up, recent looked_up", map("id", "user-1"));
    assertExplained(
        "user looked_up, recent not known: the model's default one", map("id", "user-2"));
    assertExplained(
        "user encoded, recent encoded from the newest 2 known items at most, decay 0.25",
        map("history", List.of("film-3", "film-10")));
    assertExplained(
        "user vector, recent vector", map("vector", list(RECENT), "recent", list(RECENT)));
    assertExplained(
        "user unknown_id, the model's default user, recent not known", map("id", "nobody"));
  }

  private static void assertExplained(String part, Map<String, Object> user) {
    Map<String, Object> search = films.search(map("model", "moody/g1", "user", user), 100);
    search.put("explain", true);
    Cluster.Answer answer = films.run(search);
    Films.scores(answer);
    for (JsonNode hit : answer.json().path("hits").path("hits")) {
      JsonNode explanation = hit.path("_explanation");
      assertEquals(hit.path("_score").asDouble(), explanation.path("value").asDouble(), 1e-6);
      assertTrue(explanation.toString().contains(part), explanation.toString());
    }
  }

  @Test
  void rescore_withARecentVectorThatDoesNotFit_isRefusedWithoutItsValues() {
    List<Object> bad = new ArrayList<>();
    bad.add(List.of(0.8125));
    bad.add(List.of(0.8125, "x"));
    bad.add("0.8125");
    bad.add(List.of(1e99, 0.8125));
    for (Object recent : bad) {
      Cluster.Answer answer =
          run(map("vector", list(films.user("user-1")), "recent", recent)).expect(400);
      assertTrue(answer.error().contains("[neural] user.recent"), answer.error());
      assertFalse(answer.response().body().contains("8125"), answer.response().body());
    }
    Cluster.Answer both = run(map("vector", List.of(1, 2), "recent", List.of(1, 2))).expect(400);
    assertTrue(both.error().contains("user.vector expects 8 numbers"), both.error());
    assertTrue(
        run(map("id", "user-1", "recent", list(RECENT)))
            .expect(400)
            .error()
            .contains("recent with vector only"));
  }

  @Test
  void rescore_ofAModelThatReadsNoRecentVector_leavesTheRequestsOneOut() {
    SmallModel plain = SmallModel.of("steady", "g1", 4);
    Films steady = Films.create(Cluster.shared(), "", plain, "steady", 1, Map.of("index", false));
    float[] user = steady.user("user-1");
    Map<String, Double> scores =
        Films.scores(
            steady.run(
                steady.search(
                    map(
                        "model",
                        "steady/g1",
                        "user",
                        map("vector", list(user), "recent", list(RECENT))),
                    100)));
    scores.forEach(
        (id, score) -> assertEquals(plain.score(user, steady.item(id)), score, 1e-4, id));
  }

  @Test
  @SuppressWarnings("unchecked")
  void put_aModelWhoseManifestDoesNotFit_isRefused() {
    for (String key : List.of("count", "default", "decay")) {
      Map<String, byte[]> files = model.files();
      files.remove("manifest.json");
      Map<String, Object> manifest = model.manifest(SmallModel.hashes(files));
      Map<String, Object> users = (Map<String, Object>) manifest.get("users");
      ((Map<String, Object>) users.get("recent"))
          .put(key, key.equals("default") ? List.of(1) : 1_000_000);
      files.put("manifest.json", SmallModel.bytes(manifest));
      Cluster.Answer answer =
          Cluster.shared()
              .call("PUT", films.modelPath(), SmallModel.upload(files, "moody", "moody-users"))
              .expect(400);
      assertTrue(answer.error().contains("users.recent." + key + " expects"), answer.error());
    }
  }
}
