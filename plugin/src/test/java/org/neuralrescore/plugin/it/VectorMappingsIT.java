// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

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
    assertScores(
        SmallModel.of("mapping-" + similarity, "g1", 1),
        "mapping-" + similarity,
        mapping(similarity));
  }

  /** Of each number the index' graph has a bit; what is rescored are the numbers beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"bbq_hnsw", "bbq_flat"})
  void rescore_ofVectorsInBits_readsTheNumbersThemselves(String type) {
    assertScores(
        SmallModel.of("mapping-" + type, "g1", 1, 64),
        "mapping-" + type,
        map("index", true, "similarity", "cosine", "index_options", map("type", type)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "cosine", "max_inner_product"})
  void rescore_ofBfloat16_readsNumbersOfSixteenBits(String similarity) {
    assumeRelease("9.3", "has no bfloat16");
    Map<String, Object> mapping = mapping(similarity);
    mapping.put("element_type", "bfloat16");
    mapping.remove("index_options");
    assertScores(
        SmallModel.of("mapping-bfloat16-" + similarity, "g1", 1),
        "mapping-bfloat16-" + similarity,
        mapping,
        similarity.equals("cosine") ? VectorMappingsIT::ofUnitLengthRounded : item -> item);
  }

  /**
   * What {@code cosine} keeps of a vector in bfloat16: it is divided by its length, which stands
   * beside it as a float, and then rounded to numbers of eight significant bits, the nearest and of
   * two the even one. The vectors of these tests are of such numbers; their quotients are not. One
   * whose squared length is 1 but for 0.02 counts as of unit length and is kept as it is.
   */
  private static float[] ofUnitLengthRounded(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    if (square == 0 || Math.abs(square - 1) < 0.02) {
      return vector;
    }
    float length = (float) Math.sqrt(square);
    float[] kept = new float[vector.length];
    for (int f = 0; f < kept.length; f++) {
      int bits = Float.floatToIntBits(vector[f] / length);
      kept[f] = Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000) * length;
    }
    return kept;
  }

  @Test
  void rescore_whereSourceLeavesVectorsOut_findsUsersAndItemsByDocValues() {
    assumeRelease("9.2", "has vectors in _source");
    SmallModel model = SmallModel.of("mapping-source", "g1", 1);
    assertScores(model, "mapping-source", map("index", false));
    for (String document :
        List.of("mapping-source/_doc/film-3", "mapping-source-users/_doc/user-1")) {
      JsonNode source =
          Cluster.shared().call("GET", "/" + document).expect(200).json().path("_source");
      assertTrue(source.isObject(), source.toString());
      assertFalse(source.has(model.field()), source.toString());
    }
  }

  private static void assumeRelease(String least, String before) {
    assumeTrue(
        Runtime.Version.parse(System.getProperty("elasticsearch.version"))
                .compareTo(Runtime.Version.parse(least))
            >= 0,
        "Elasticsearch before " + least + " " + before);
  }

  /** By id and by history, every score is the model's. */
  private static void assertScores(SmallModel model, String index, Map<String, Object> mapping) {
    assertScores(model, index, mapping, item -> item);
  }

  /** The same where the index keeps something else of an item than what it got. */
  private static void assertScores(
      SmallModel model, String index, Map<String, Object> mapping, UnaryOperator<float[]> kept) {
    Films films = Films.create(Cluster.shared(), "", model, index, 1, mapping);
    for (Map<String, Object> user :
        List.of(
            map("id", "user-1"),
            map("history", List.of("film-3", "film-4"), "weights", List.of(1, 2)))) {
      float[] vector =
          user.containsKey("id")
              ? films.user("user-1")
              : model.encode(
                  List.of(kept.apply(films.item("film-3")), kept.apply(films.item("film-4"))),
                  1,
                  2);
      Map<String, Double> scores =
          Films.scores(
              films.run(films.search(map("model", model.name() + "/g1", "user", user), 100)));
      assertEquals(Films.FILMS, scores.size());
      for (Map.Entry<String, Double> hit : scores.entrySet()) {
        assertEquals(
            model.score(vector, kept.apply(films.item(hit.getKey()))),
            hit.getValue(),
            1e-5,
            hit.getKey());
      }
    }
  }
}
