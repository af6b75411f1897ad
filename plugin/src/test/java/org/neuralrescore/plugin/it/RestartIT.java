// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/** What the registry says is on disk with the cluster state: a node that starts again knows it. */
class RestartIT {
  private static final String LIVE = "/_neural_rescore/aliases/restart-live";
  private static final String MODELS = "/_neural_rescore/models/restart";

  @Test
  void registry_survivesARestart_andServesWithoutAnotherPut(@TempDir Path root)
      throws IOException, InterruptedException {
    Path data = dataFolder(root);
    SmallModel model = SmallModel.of("restart", "g1", 1);
    Films films;
    JsonNode before;
    Cluster node = start(data);
    try {
      films = Films.create(node, "", model, "restart", 1, Map.of("index", false));
      node.call("PUT", LIVE, "{\"model\":\"restart\",\"generation\":\"g1\"}").expect(200);
      // A PUT answers once its model is open.
      assertEquals(List.of("restart/g1"), open(node));
      before = node.call("GET", MODELS).expect(200).json();
    } finally {
      node.stop();
    }
    node = start(data);
    try {
      assertEquals(before, node.call("GET", MODELS).expect(200).json());
      node.call("GET", "/_cluster/health/restart*?wait_for_status=green&timeout=60s").expect(200);
      awaitOpen(node);
      Map<String, Object> search =
          films.search(map("model", "restart-live", "user", map("id", "user-1")), 100);
      Map<String, Double> scores =
          Films.scores(
              node.call("POST", "/restart/_search", Cluster.JSON.writeValueAsString(search)));
      assertEquals(Films.FILMS, scores.size());
      scores.forEach(
          (id, score) ->
              assertEquals(model.score(films.user("user-1"), films.item(id)), score, 1e-5, id));
    } finally {
      node.stop();
    }
  }

  private static List<String> open(Cluster node) {
    List<String> open = new ArrayList<>();
    node.call("GET", "/_neural_rescore/stats")
        .expect(200)
        .json()
        .path("nodes")
        .forEach(stats -> stats.path("open").forEach(model -> open.add(model.asString())));
    return open;
  }

  /** The alias' model, opened without a search. */
  private static void awaitOpen(Cluster node) throws InterruptedException {
    for (int look = 0; look < 300 && open(node).isEmpty(); look++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertEquals(List.of("restart/g1"), open(node));
  }

  private static Cluster start(Path data) {
    return Cluster.start(Cluster.options().setting("path.data", data.toString()).build());
  }

  /** A folder that another account may write to. */
  static Path dataFolder(Path root) throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path data = Files.createDirectory(root.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    return data;
  }
}
