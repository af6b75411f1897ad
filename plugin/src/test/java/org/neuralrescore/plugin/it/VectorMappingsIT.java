package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.plugin.bundle.SmallModel;

/**
 * Every way that Elasticsearch stores a vector of floats gives the model the same numbers: a
 * factor's length counts, and {@code cosine} stores it apart.
 */
class VectorMappingsIT {
  private static Map<String, Object> mapping(String similarity) {
    return similarity.equals("none")
        ? map("index", false)
        : map(
            "index",
            true,
            "similarity",
            similarity,
            "index_options",
            map("type", similarity.equals("cosine") ? "int8_hnsw" : "hnsw"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "cosine", "l2_norm", "max_inner_product"})
  void rescore_withAnySimilarity_restoresTheVectorsLength(String similarity) {
    SmallModel model = SmallModel.of("mapping-" + similarity, "g1", 1);
    Films films =
        Films.create(Cluster.shared(), "", model, "mapping-" + similarity, 1, mapping(similarity));
    for (Map<String, Object> user :
        List.of(
            map("id", "user-1"),
            map("history", List.of("film-3", "film-4"), "weights", List.of(1, 2)))) {
      float[] vector =
          user.containsKey("id")
              ? films.user("user-1")
              : model.encode(List.of(films.item("film-3"), films.item("film-4")), 1, 2);
      Map<String, Double> scores =
          Films.scores(
              films.run(films.search(map("model", model.name() + "/g1", "user", user), 100)));
      assertEquals(Films.FILMS, scores.size());
      for (Map.Entry<String, Double> hit : scores.entrySet()) {
        assertEquals(
            model.score(vector, films.item(hit.getKey())), hit.getValue(), 1e-5, hit.getKey());
      }
    }
  }
}
