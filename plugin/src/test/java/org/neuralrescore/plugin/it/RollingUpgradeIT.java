// SPDX-License-Identifier: Apache-2.0
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.plugin.bundle.SmallModel;

/**
 * From a build before 0.1.0 to this one: node by node, and all at once. {@code
 * -Dneuralrescore.earlier=} names the zip of the earlier one, which {@code plugin/earlier-build.sh}
 * makes; without it there is nothing to upgrade from.
 */
@Tag("distribution")
class RollingUpgradeIT {
  private static final String EARLIER = System.getProperty("neuralrescore.earlier", "");
  private static final String LIVE = "/_neural_rescore/aliases/rolling-live";
  private static final String FIRST = "{\"model\":\"rolling\",\"generation\":\"g1\"}";
  private static final String SECOND = "{\"model\":\"rolling\",\"generation\":\"g2\"}";
  private static final String SECOND_MODEL = "/_neural_rescore/models/rolling/g2";

  private final SmallModel model = SmallModel.of("rolling", "g1", 1);
  private final List<Cluster> nodes = new ArrayList<>();

  @BeforeEach
  void requireEarlier() {
    assumeTrue(Files.isRegularFile(Path.of(EARLIER)), "no zip of an earlier build");
  }

  @AfterEach
  void stop() {
    nodes.forEach(Cluster::stop);
  }

  private Cluster started(Cluster node) {
    nodes.add(node);
    return node;
  }

  /** The first node, on an earlier build, with a model, an alias and the films. */
  private Cluster earlier(Path data) {
    return started(
        Cluster.start(
            Nodes.first(Cluster.unpacked())
                .plugin(Path.of(EARLIER))
                .setting("path.data", data.toString())
                .build()));
  }

  private Films filmsWithAlias(Cluster node) {
    Films films = Films.create(node, "", model, "rolling", 1, Map.of("index", false));
    node.call("PUT", LIVE, FIRST).expect(200);
    return films;
  }

  /** By id, which looks the user up on another node, and by history, which opens the encoder. */
  private void assertServes(Cluster node, Films films) {
    node.call("GET", "/_cluster/health/rolling*?wait_for_status=green&timeout=60s").expect(200);
    Map<Map<String, Object>, float[]> users =
        Map.of(
            map("id", "user-1"),
            films.user("user-1"),
            map("history", List.of("film-3", "film-4"), "weights", List.of(1, 2)),
            model.encode(List.of(films.item("film-3"), films.item("film-4")), 1, 2));
    users.forEach(
        (user, vector) -> {
          Map<String, Object> search =
              films.search(map("model", "rolling-live", "user", user), 100);
          Map<String, Double> scores =
              Films.scores(
                  node.call("POST", "/rolling/_search", Cluster.JSON.writeValueAsString(search)));
          assertEquals(Films.FILMS, scores.size());
          scores.forEach(
              (id, score) -> assertEquals(model.score(vector, films.item(id)), score, 1e-5, id));
        });
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

  private static String upload(String generation, long seed) {
    return SmallModel.upload(
        SmallModel.of("rolling", generation, seed).files(), "rolling", "rolling-users");
  }

  private static void assertNodeRefused(Cluster.Answer answer) {
    assertTrue(answer.expect(409).error().contains("node [node-1]"), answer.error());
  }

  /** The master has the earlier build, then this one, with the other as a member both times. */
  @Test
  @Timeout(600)
  void models_putWithAnEarlierBuild_areServedByBothWhileNodesAreUpgraded(@TempDir Path root)
      throws IOException {
    Path data = RestartIT.dataFolder(root);
    Cluster first = earlier(data);
    Films films = filmsWithAlias(first);

    Cluster second =
        started(
            Cluster.start(
                Nodes.joining(Cluster.installed(), first, "node-2")
                    .setting("node.roles", "master,data,ingest")
                    .build()));
    assertKnown(second);
    assertServes(second, films);
    assertServes(first, films);
    assertNodeRefused(second.call("PUT", SECOND_MODEL, upload("g2", 2)));
    // The earlier build goes on as it did: nodes of this one read what its master writes.
    first.call("PUT", SECOND_MODEL, upload("g2", 2)).expect(201);
    second.call("GET", SECOND_MODEL).expect(200);

    // The mastership goes to this build; the earlier one reads what it writes.
    first.call("POST", "/_cluster/voting_config_exclusions?node_names=node-1").expect(200);
    second.call("GET", "/_cluster/health?wait_for_nodes=2&timeout=60s").expect(200);
    first.call("PUT", "/rolling-other", "{}").expect(200);
    assertEquals(
        "node-2",
        second.call("GET", "/_cat/master?format=json").json().path(0).path("node").asString());
    assertKnown(first);
    assertServes(second, films);
    assertServes(first, films);
    assertNodeRefused(first.call("PUT", LIVE, SECOND));
    assertNodeRefused(second.call("PUT", LIVE, SECOND));

    nodes.remove(first);
    first.stop();
    second.call("DELETE", "/_cluster/voting_config_exclusions?wait_for_removal=false").expect(200);
    Cluster upgraded =
        started(
            Cluster.start(
                Nodes.joining(Cluster.installed(), second, "node-1")
                    .setting("node.roles", "master,data,ingest")
                    .setting("path.data", data.toString())
                    .build()));
    assertKnown(upgraded);
    assertServes(upgraded, films);
    assertServes(second, films);
    upgraded.call("PUT", "/_neural_rescore/models/rolling/g3", upload("g3", 3)).expect(201);
    upgraded.call("PUT", LIVE, SECOND).expect(200);
    upgraded.call("PUT", LIVE, FIRST).expect(200);
    assertServes(second, films);
  }

  @Test
  @Timeout(600)
  void models_onTheDiskOfAnEarlierBuild_areServedAfterAFullRestart(@TempDir Path root)
      throws IOException {
    Path data = RestartIT.dataFolder(root);
    Cluster node = earlier(data);
    Films films = filmsWithAlias(node);
    nodes.remove(node);
    node.stop();
    // Twice: what this build writes before the first change is read, too.
    for (int start = 0; start < 2; start++) {
      Cluster upgraded =
          started(
              Cluster.start(
                  Nodes.first(Cluster.installed()).setting("path.data", data.toString()).build()));
      assertKnown(upgraded);
      assertServes(upgraded, films);
      if (start == 1) {
        upgraded.call("PUT", SECOND_MODEL, upload("g2", 2)).expect(201);
        upgraded.call("PUT", LIVE, SECOND).expect(200);
        upgraded.call("DELETE", films.modelPath()).expect(200);
      }
      nodes.remove(upgraded);
      upgraded.stop();
    }
  }
}
