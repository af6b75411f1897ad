// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/** A search over a remote cluster that does not have the model, whichever way it goes there. */
class RemoteIT {
  private static final Cluster near = Cluster.shared();
  private static final SmallModel model = SmallModel.of("remote", "g1", 1);
  private static Cluster far;

  @BeforeAll
  static void connect() {
    Films.create(near, "", model, "remote", 1, Map.of("index", false));
    far = Cluster.start(Cluster.options().build());
    Films.indices(far, "", model, "remote", 1, Map.of("index", false));
    JsonNode node = far.call("GET", "/_nodes/_local/transport").expect(200).json().path("nodes");
    String address =
        node.values().iterator().next().path("transport").path("bound_address").path(0).asString();
    remote("[\"" + address + "\"]", "false");
  }

  @AfterAll
  static void disconnect() {
    remote("null", "null");
    far.stop();
  }

  /** A cluster that may be skipped says what it lacks in {@code _clusters} and answers 200. */
  private static void remote(String seeds, String skip) {
    near.call(
            "PUT",
            "/_cluster/settings",
            "{\"persistent\":{\"cluster.remote.far.seeds\":"
                + seeds
                + ",\"cluster.remote.far.skip_unavailable\":"
                + skip
                + "}}")
        .expect(200);
  }

  private static Cluster.Answer search(boolean minimise, String onFailure) {
    Map<String, Object> search =
        map(
            "size",
            100,
            "query",
            map("match", map("title", "space")),
            "rescore",
            map("window_size", 100, "neural", map("model", "remote/g1", "on_failure", onFailure)));
    return near.call(
        "POST",
        "/far:remote/_search?ccs_minimize_roundtrips=" + minimise,
        Cluster.JSON.writeValueAsString(search));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void search_ofAModelThatTheRemoteClusterHasNot_saysSoAndWhere(boolean minimise) {
    Cluster.Answer answer = search(minimise, "error").expect(400);
    assertTrue(
        answer.error().contains("remote cluster [far] has no model [remote/g1]"), answer.error());
    Cluster.Answer tolerant = search(minimise, "first_pass").expect(200);
    assertEquals(Films.FILMS, tolerant.json().path("hits").path("hits").size());
    assertEquals(Set.of("model_not_there"), tolerant.headers("X-Neural-Rescore-Degraded"));
  }
}
