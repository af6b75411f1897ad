// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.plugin.bundle.SmallModel;
import org.neuralrescore.trainer.demo.node.NodeOptions;
import tools.jackson.databind.JsonNode;

/**
 * From the 8 line to the 9 line on the same data: the section of the cluster's metadata becomes one
 * of its project. Wants both lines built.
 */
class LineUpgradeIT {
  private static final String LIVE = "/_neural_rescore/aliases/line-live";
  private static final String MODELS = "/_neural_rescore/models/line";

  private static final Path BUILT =
      Path.of(System.getProperty("neuralrescore.root"), "plugin/target");

  /** The plugin's last zip for the 8 line of which the node is there, too. */
  private static Optional<Path> eight() throws IOException {
    try (Stream<Path> files = Files.list(BUILT)) {
      return files
          .filter(file -> file.getFileName().toString().matches("neural-rescore-.*-es8\\..*\\.zip"))
          .filter(file -> Files.exists(node(file)))
          .max(Comparator.comparing(file -> file.toFile().lastModified()));
    }
  }

  /** The node that a zip of the plugin is for. */
  private static Path node(Path zip) {
    String version = zip.getFileName().toString().replaceFirst(".*-es", "");
    return BUILT.resolve("elasticsearch/elasticsearch-" + version);
  }

  private static Cluster start(NodeOptions.Builder options, Path data) {
    return Cluster.start(options.setting("path.data", data.toString()).build());
  }

  @Test
  @Timeout(600)
  void registry_ofAnEightNode_isTheProjectsOfANineNode(@TempDir Path root) throws IOException {
    assumeTrue(System.getProperty("elasticsearch.version").startsWith("9."), "another line");
    Optional<Path> eight = eight();
    assumeTrue(eight.isPresent(), "the 8 line is not built");
    Path data = RestartIT.dataFolder(root);
    SmallModel model = SmallModel.of("line", "g1", 1);
    Films films;
    JsonNode before;
    Cluster node = start(NodeOptions.of(node(eight.get())).plugin(eight.get()), data);
    try {
      films = Films.create(node, "", model, "line", 1, Map.of("index", false));
      node.call("PUT", LIVE, "{\"model\":\"line\",\"generation\":\"g1\"}").expect(200);
      before = node.call("GET", MODELS).expect(200).json();
    } finally {
      node.stop();
    }
    node = start(Cluster.installed(), data);
    try {
      assertEquals(before, node.call("GET", MODELS).expect(200).json());
      node.call("GET", "/_cluster/health/line*?wait_for_status=green&timeout=60s").expect(200);
      Map<String, Object> search =
          films.search(map("model", "line-live", "user", map("id", "user-1")), 100);
      Map<String, Double> scores =
          Films.scores(node.call("POST", "/line/_search", Cluster.JSON.writeValueAsString(search)));
      assertEquals(Films.FILMS, scores.size());
      scores.forEach(
          (id, score) ->
              assertEquals(model.score(films.user("user-1"), films.item(id)), score, 1e-5, id));
      node.call("DELETE", LIVE).expect(200);
    } finally {
      node.stop();
    }
  }
}
