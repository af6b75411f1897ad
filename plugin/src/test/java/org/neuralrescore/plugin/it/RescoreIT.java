package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

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
}
