// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.publish.FakeCluster.Reply;

class IndicesTest {
  /** An answer to a HEAD has a status and no body to tell a reason. */
  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void exists_whenTheClusterFails_isOneLineOfItsStatus(int status) {
    try (FakeCluster fake =
            new FakeCluster(
                request ->
                    request.method().equals("HEAD")
                        ? new Reply(status, "")
                        : new Reply(200, FakeCluster.HEALTHY));
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      UserError error =
          assertThrows(UserError.class, () -> new Indices(cluster.client(), "g1").exists("films"));
      assertEquals(UserError.Kind.CLUSTER, error.kind());
      assertTrue(error.getMessage().contains("status " + status), error.getMessage());
      assertEquals(1, error.getMessage().lines().count());
    }
  }

  /** The number of shards of an index is for good, so a file's own is nobody's to overrule. */
  @ParameterizedTest
  @CsvSource({"3, 0, 3", "3, 2, 2", "0, 0, 0", "0, 2, 2"})
  void ensure_makesTheShardsThatTheFileSays_unlessTheFlagSaysOthers(
      int file, int flag, int expected, @TempDir Path folder) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("items-index.json"),
            file == 0 ? "{}" : "{\"settings\": {\"index\": {\"number_of_shards\": " + file + "}}}");
    try (FakeCluster fake =
            new FakeCluster(
                request ->
                    switch (request.method()) {
                      case "HEAD" -> new Reply(404, "");
                      case "PUT" ->
                          new Reply(
                              200,
                              "{\"acknowledged\": true, \"shards_acknowledged\": true,"
                                  + " \"index\": \"films\"}");
                      default -> new Reply(200, FakeCluster.HEALTHY);
                    });
        Cluster cluster = Cluster.connect(ClusterAddress.of(fake.uri()))) {
      new Indices(cluster.client(), "g1")
          .ensure("films", config, flag == 0 ? OptionalInt.empty() : OptionalInt.of(flag));
      String body =
          fake.requests().stream()
              .filter(request -> request.method().equals("PUT"))
              .findFirst()
              .orElseThrow()
              .body();
      assertEquals(
          expected,
          RestCalls.MAPPER.readTree(body).at("/settings/index/number_of_shards").asInt(0),
          body);
    }
  }
}
