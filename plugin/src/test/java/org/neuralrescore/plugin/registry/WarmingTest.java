// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodeRole;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.transport.TransportAddress;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.serving.Hosts;

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

  private static ModelEntry entry(int number) {
    return Entries.of("films", "g" + number, String.format(Locale.ROOT, "%064x", number), Map.of());
  }

  /** As many as a registry may have: none is left to its first search in silence. */
  @Test
  void open_ofAllThatARegistryHas_asksForEachOnce() {
    Deque<Runnable> asked = new ArrayDeque<>();
    ModelCache none =
        new ModelCache(
            (entry, file, listener) -> listener.onFailure(new IllegalStateException("no files")),
            Hosts.free(),
            new Openings(new NoopCircuitBreaker("heap"), 1),
            Runnable::run,
            new ThreadContext(Settings.EMPTY),
            () -> 0,
            hash -> true);
    Warming warming = new Warming(none, asked::add);
    List<ModelEntry> all =
        IntStream.range(0, ModelRegistry.MAX_MODELS).mapToObj(WarmingTest::entry).toList();
    warming.open(all);
    warming.open(all.subList(1, 5));
    int opened = 0;
    while (!asked.isEmpty()) {
      asked.poll().run();
      opened++;
    }
    assertEquals(ModelRegistry.MAX_MODELS, opened);
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
