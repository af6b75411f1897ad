// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
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
}
