// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

/** A manifest may name a field alias: it reads the field behind it, and checks that. */
class AliasedFieldIT {
  private static final Cluster cluster = Cluster.shared();

  private static void create(String index, int dims, Map<String, Object> vector) {
    vector.put("type", "dense_vector");
    vector.put("dims", dims);
    cluster
        .call(
            "PUT",
            "/" + index,
            Cluster.JSON.writeValueAsString(
                map(
                    "mappings",
                    map(
                        "properties",
                        map(
                            "taste",
                            vector,
                            "factors_g1",
                            map("type", "alias", "path", "taste"))))))
        .expect(200);
  }

  private static Cluster.Answer search(String index, Map<String, Object> user) {
    return cluster.call(
        "POST",
        "/" + index + "/_search",
        Cluster.JSON.writeValueAsString(
            map(
                "rescore",
                map("window_size", 10, "neural", map("model", index + "/g1", "user", user)))));
  }

  @Test
  void rescore_throughAFieldAlias_readsTheVectorBehindIt() {
    for (boolean indexed : new boolean[] {false, true}) {
      String index = "aliased-" + indexed;
      SmallModel model = SmallModel.of(index, "g1", 4);
      create(index, SmallModel.RANK, map("index", indexed));
      Random random = new Random(8);
      float[] item = SmallModel.vector(random);
      float[] user = SmallModel.vector(random);
      cluster
          .call(
              "PUT",
              "/" + index + "/_doc/1?refresh=true",
              Cluster.JSON.writeValueAsString(map("taste", list(item))))
          .expect(201);
      cluster
          .call(
              "PUT",
              "/_neural_rescore/models/" + index + "/g1",
              SmallModel.upload(model.files(), index, index))
          .expect(201);
      assertEquals(
          model.score(user, item),
          Films.scores(search(index, map("vector", list(user)))).get("1"),
          1e-5);
      // The alias serves a look-up, too: the document is its own user here.
      assertEquals(
          model.score(item, item), Films.scores(search(index, map("id", "1"))).get("1"), 1e-5);
    }
  }

  @Test
  void rescore_throughAnAliasOfOtherDims_isRefused() {
    SmallModel model = SmallModel.of("aliased-dims", "g1", 4);
    create("aliased-dims", 4, map("index", false));
    cluster.call("PUT", "/aliased-dims/_doc/1?refresh=true", "{\"taste\":[1,2,3,4]}").expect(201);
    cluster
        .call(
            "PUT",
            "/_neural_rescore/models/aliased-dims/g1",
            SmallModel.upload(model.files(), "aliased-dims", "aliased-dims"))
        .expect(201);
    Cluster.Answer answer =
        search("aliased-dims", map("vector", list(new float[SmallModel.RANK]))).expect(400);
    assertTrue(answer.error().contains("dims 8, got [4]"), answer.error());
  }
}
