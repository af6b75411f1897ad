// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodeRole;
import org.elasticsearch.common.transport.TransportAddress;
import org.junit.jupiter.api.Test;

class WarmingTest {
  private static boolean suits(DiscoveryNodeRole... roles) {
    return Warming.suits(
        new DiscoveryNode(
            "node",
            "node-id",
            new TransportAddress(InetAddress.getLoopbackAddress(), 9300),
            Map.of(),
            Set.of(roles),
            null));
  }

  @Test
  void models_areWarmedWhereSearchesRunOrAreCoordinated() {
    assertEquals(true, suits());
    assertEquals(true, suits(DiscoveryNodeRole.DATA_ROLE, DiscoveryNodeRole.MASTER_ROLE));
    assertEquals(true, suits(DiscoveryNodeRole.DATA_HOT_NODE_ROLE));
    assertEquals(true, suits(DiscoveryNodeRole.SEARCH_ROLE));
    assertEquals(false, suits(DiscoveryNodeRole.MASTER_ROLE));
    assertEquals(
        false, suits(DiscoveryNodeRole.MASTER_ROLE, DiscoveryNodeRole.VOTING_ONLY_NODE_ROLE));
    assertEquals(false, suits(DiscoveryNodeRole.ML_ROLE));
  }
}
