// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.publish.FakeCluster.Reply;

class FormerGenerationsTest {
  private static String model(String name, String generation, String aliases) {
    return String.join(
        "",
        "{\"name\": \"",
        name,
        "\", \"generation\": \"",
        generation,
        "\", \"items_index\": \"gone\", \"users_index\": \"gone-users\", \"aliases\": [",
        aliases,
        "]}");
  }

  private static FakeCluster cluster(String... models) {
    return new FakeCluster(
        request -> {
          if (request.method().equals("HEAD")) {
            return new Reply(404, "");
          }
          return request.path().equals("/_neural_rescore/models")
              ? new Reply(200, "{\"models\": [" + String.join(",", models) + "]}")
              : new Reply(200, FakeCluster.HEALTHY);
        });
  }

  private static List<String> removed(Cluster cluster) {
    FormerGenerations former =
        new FormerGenerations(
            cluster.client(),
            new ModelRegistry(cluster.calls()),
            PublishOptions.defaults("films", Path.of("es-config")));
    return former.removeAllBut("films", "g3", "films/g2", Progress.none());
  }

  @Test
  void removeAllBut_takesWhatNoAliasNames_butTheOneBefore() {
    try (FakeCluster fake =
            cluster(
                model("films", "g1", ""),
                model("films", "g2", ""),
                model("films", "g3", "\"films\""),
                model("books", "g1b", ""));
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      assertEquals(List.of("films/g1"), removed(cluster));
      assertTrue(
          fake.requests().stream()
              .anyMatch(
                  request ->
                      request.method().equals("DELETE") && request.path().endsWith("/films/g1")));
    }
  }

  /** Which of them another alias would go back to, nobody knows. */
  @Test
  void removeAllBut_whereAnotherAliasNamesTheModel_takesNothing() {
    try (FakeCluster fake =
            cluster(
                model("films", "g1", ""),
                model("films", "g2", "\"films-staging\""),
                model("films", "g3", "\"films\""));
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      assertEquals(List.of(), removed(cluster));
      assertFalse(fake.requests().stream().anyMatch(request -> request.method().equals("DELETE")));
    }
  }
}
