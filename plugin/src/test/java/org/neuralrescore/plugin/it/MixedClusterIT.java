// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neuralrescore.plugin.bundle.SmallModel;

/** Three nodes, one of them without the plugin: its name is said, and nobody is harmed. */
class MixedClusterIT {
  private static final String LIVE = "/_neural_rescore/aliases/mixed-live";

  private final List<Cluster> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(Cluster::stop);
  }

  private Cluster started(Cluster node) {
    nodes.add(node);
    return node;
  }

  private static void assertRefused(Cluster.Answer answer) {
    answer.expect(409);
    assertTrue(answer.error().contains("node [bare] lacks the plugin"), answer.error());
    assertFalse(answer.error().contains("[node-2]"), answer.error());
  }

  @Test
  @Timeout(600)
  void aNodeWithoutThePlugin_isNamedBeforeTheFirstWriteAndOnJoin_untilTheLastModelIsGone()
      throws Exception {
    Cluster first = started(Cluster.start(Nodes.first(Cluster.options()).build()));
    Cluster second =
        started(Cluster.start(Nodes.joining(Cluster.options(), first, "node-2").build()));
    Cluster bare = Cluster.start(Nodes.joining(Cluster.withoutPlugin(), first, "bare").build());
    assertEquals(3, Nodes.count(first));

    SmallModel model = SmallModel.of("mixed", "g1", 1);
    String upload = SmallModel.upload(model.files(), "mixed", "mixed-users");
    for (Cluster node : List.of(first, second)) {
      assertRefused(node.call("PUT", "/_neural_rescore/models/mixed/g1", upload));
      assertRefused(node.call("PUT", LIVE, "{\"model\":\"mixed\",\"generation\":\"g1\"}"));
    }
    assertEquals(3, Nodes.count(first));

    bare.stop();
    first.call("GET", "/_cluster/health?wait_for_nodes=2&timeout=60s").expect(200);
    Films films = Films.indices(second, "", model, "mixed", 1, Map.of("index", false));
    Cluster.Answer put = second.call("PUT", films.modelPath(), films.upload()).expect(201);
    assertTrue(put.json().path("acknowledged").booleanValue(), put.json().toString());
    Films.scores(films.run(films.search(SmallModel.map("model", "mixed/g1"), 100)));

    CompletableFuture<Cluster> again =
        CompletableFuture.supplyAsync(
            () -> Cluster.start(Nodes.joining(Cluster.withoutPlugin(), first, "bare").build()));
    String refused = "the cluster has models of neural-rescore, and node [bare] lacks the plugin";
    while (!first.log(1_000).contains(refused)) {
      assertFalse(again.isDone(), "the node without the plugin joined, or did not start");
      Thread.sleep(200);
    }
    assertEquals(2, Nodes.count(first));

    second.call("DELETE", films.modelPath()).expect(200);
    Cluster joined = started(again.get(300, TimeUnit.SECONDS));
    assertEquals(3, Nodes.count(joined));
    String log = joined.log(5_000);
    assertTrue(log.contains(refused), log);
  }
}
