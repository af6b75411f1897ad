// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

/**
 * The model beside Elasticsearch's own {@code query} rescorer, which cuts its window from the hits
 * that it is handed, as they stand.
 */
class RescorerChainIT {
  private static final double TOLERANCE = 1e-5;

  private static final SmallModel MODEL = SmallModel.of("chain", "g1", 1);

  private static Films films;

  @BeforeAll
  static void publish() {
    films = Films.create(Cluster.shared(), "", MODEL, "chain", 1, Map.of("index", false));
  }

  /** Adds a number to the window's hits, but for films of the years before 1970. */
  private static Map<String, Object> ofElasticsearch(int window, double more) {
    return map(
        "window_size",
        window,
        "query",
        map(
            "rescore_query",
            map(
                "constant_score",
                map("filter", map("range", map("year", map("gte", 1970))), "boost", more)),
            "query_weight",
            1,
            "rescore_query_weight",
            1));
  }

  private static Map<String, Object> neural(int window) {
    return map(
        "window_size", window, "neural", map("model", "chain/g1", "user", map("id", "user-1")));
  }

  private static List<Map.Entry<String, Double>> hits(List<Map<String, Object>> rescorers) {
    Map<String, Object> search = films.search(Map.of("model", "chain/g1"), 1);
    search.put("rescore", rescorers);
    List<Map.Entry<String, Double>> hits =
        new ArrayList<>(Films.scores(films.run(search)).entrySet());
    assertEquals(Films.FILMS, hits.size());
    return hits;
  }

  private static double modelScore(String film) {
    return MODEL.score(films.user("user-1"), films.item(film));
  }

  private static boolean gets(String film) {
    return Integer.parseInt(film.substring("film-".length())) >= 20;
  }

  @Test
  void aRescorerBehindTheModel_cutsItsWindowFromTheModelsOrder() {
    int window = 25;
    List<String> byModel = hits(List.of(neural(100))).stream().map(Map.Entry::getKey).toList();
    for (Map.Entry<String, Double> hit : hits(List.of(neural(100), ofElasticsearch(window, 7)))) {
      boolean more = byModel.indexOf(hit.getKey()) < window && gets(hit.getKey());
      assertEquals(
          modelScore(hit.getKey()) + (more ? 7 : 0), hit.getValue(), TOLERANCE, hit.getKey());
    }
  }

  @Test
  void theModelBehindARescorer_takesTheHitsThatItPutFirst() {
    int window = 12;
    List<Map.Entry<String, Double>> first = hits(List.of(ofElasticsearch(100, 7)));
    List<String> expected = new ArrayList<>();
    first.subList(0, window).forEach(hit -> expected.add(hit.getKey()));
    expected.sort(Comparator.comparingDouble(film -> -modelScore(film)));
    List<Map.Entry<String, Double>> hits = hits(List.of(ofElasticsearch(100, 7), neural(window)));
    for (int rank = 0; rank < Films.FILMS; rank++) {
      String film = hits.get(rank).getKey();
      if (rank < window) {
        assertEquals(modelScore(film), modelScore(expected.get(rank)), TOLERANCE, film);
        assertEquals(modelScore(film), hits.get(rank).getValue(), TOLERANCE, film);
      } else {
        assertEquals(first.get(rank).getKey(), film);
      }
    }
  }
}
