package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.plugin.bundle.SmallModel;

/**
 * From an earlier build of the plugin to this one, node by node. {@code -Dneuralrescore.earlier=}
 * names the zip of the earlier one, for the same Elasticsearch and of a format that this one reads;
 * without it there is nothing to upgrade from.
 */
class RollingUpgradeIT {
  private static final String EARLIER = System.getProperty("neuralrescore.earlier", "");

  private final SmallModel model = SmallModel.of("rolling", "g1", 1);
  private final List<Cluster> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(Cluster::stop);
  }

  private Cluster started(Cluster node) {
    nodes.add(node);
    return node;
  }

  private void assertServes(Cluster node, Films films) {
    node.call("GET", "/_cluster/health/rolling*?wait_for_status=green&timeout=60s").expect(200);
    Map<String, Object> search =
        films.search(map("model", "rolling-live", "user", map("id", "user-1")), 100);
    Map<String, Double> scores =
        Films.scores(
            node.call("POST", "/rolling/_search", Cluster.JSON.writeValueAsString(search)));
    assertEquals(Films.FILMS, scores.size());
    scores.forEach(
        (id, score) ->
            assertEquals(model.score(films.user("user-1"), films.item(id)), score, 1e-5, id));
  }

  private static void assertKnown(Cluster node) {
    assertEquals(
        "rolling-live",
        node.call("GET", "/_neural_rescore/models/rolling/g1")
            .expect(200)
            .json()
            .findPath("aliases")
            .path(0)
            .asString());
  }

  @Test
  void models_putWithAnEarlierBuild_areServedByBothAndSurvive(@TempDir Path root)
      throws IOException {
    assumeTrue(Files.isRegularFile(Path.of(EARLIER)), "no zip of an earlier build");
    Path data = RestartIT.dataFolder(root);
    Cluster first =
        started(
            Cluster.start(
                Nodes.first(Cluster.withoutPlugin())
                    .plugin(Path.of(EARLIER))
                    .setting("path.data", data.toString())
                    .build()));
    Films films = Films.create(first, "", model, "rolling", 1, Map.of("index", false));
    first
        .call(
            "PUT",
            "/_neural_rescore/aliases/rolling-live",
            "{\"model\":\"rolling\",\"generation\":\"g1\"}")
        .expect(200);

    Cluster second =
        started(Cluster.start(Nodes.joining(Cluster.options(), first, "node-2").build()));
    assertKnown(second);
    assertServes(second, films);
    assertServes(first, films);
    SmallModel next = SmallModel.of("rolling", "g2", 2);
    String path = "/_neural_rescore/models/rolling/g2";
    String upload = SmallModel.upload(next.files(), "rolling", "rolling-users");
    Cluster.Answer refused = second.call("PUT", path, upload).expect(409);
    assertTrue(refused.error().contains("node [node-1]"), refused.error());

    second.stop();
    first.stop();
    Cluster upgraded =
        started(
            Cluster.start(
                Nodes.first(Cluster.options()).setting("path.data", data.toString()).build()));
    assertKnown(upgraded);
    assertServes(upgraded, films);
    upgraded.call("PUT", path, upload).expect(201);
  }
}
