// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.transport.TransportAddress;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.Test;

class PluginNodesTest {
  private static final String OURS = String.valueOf(PluginNodes.FORMAT);

  private static int ports = 9300;

  private static final ClusterState EMPTY = ClusterState.builder(ClusterName.DEFAULT).build();

  private static DiscoveryNode node(String name, Map<String, String> attributes) {
    return new DiscoveryNode(
        name,
        name + "-id",
        new TransportAddress(InetAddress.getLoopbackAddress(), ports++),
        attributes,
        Set.of(),
        null);
  }

  private static DiscoveryNode node(String name, String format) {
    return node(name, Map.of(PluginNodes.ATTRIBUTE, format));
  }

  private static ClusterState withAModel() {
    return registry(Entries.of("films", "g1", "a", Map.of())).in(EMPTY);
  }

  private static ModelRegistry registry(ModelEntry entry) {
    return new ModelRegistry(new TreeMap<>(Map.of(entry.id(), entry)), new TreeMap<>());
  }

  @Test
  void attribute_isWhatTheChecksLookFor() {
    Map<String, String> settings = new TreeMap<>();
    PluginNodes.attributes()
        .keySet()
        .forEach(key -> settings.put(key, PluginNodes.attributes().get(key)));
    assertEquals(
        Map.of(
            "node.attr." + PluginNodes.ATTRIBUTE,
            OURS,
            "node.attr." + PluginNodes.SEARCH_ATTRIBUTE,
            "1"),
        settings);
  }

  @Test
  void requireAll_whenNodesCannotReadTheRegistry_namesThem() {
    DiscoveryNodes nodes =
        DiscoveryNodes.builder()
            .add(node("good", OURS))
            .add(node("bare", Map.of()))
            .add(node("old", "0"))
            .add(node("odd", "x"))
            .build();
    ElasticsearchStatusException refused =
        assertThrows(ElasticsearchStatusException.class, () -> PluginNodes.requireAll(nodes));
    assertEquals(RestStatus.CONFLICT, refused.status());
    for (String name : new String[] {"[bare]", "[old]", "[odd]"}) {
      assertTrue(refused.getMessage().contains(name), refused.getMessage());
    }
    assertFalse(refused.getMessage().contains("[good]"), refused.getMessage());
  }

  @Test
  void requireAll_whenAllCanReadIt_passes() {
    DiscoveryNodes nodes =
        DiscoveryNodes.builder()
            .add(node("same", OURS))
            .add(node("newer", String.valueOf(PluginNodes.FORMAT + 1)))
            .build();
    assertDoesNotThrow(() -> PluginNodes.requireAll(nodes));
  }

  @Test
  void join_ofANodeWithoutThePlugin_isRefusedWhileThereAreModels() {
    DiscoveryNode bare = node("bare", Map.of());
    String refused =
        assertThrows(IllegalStateException.class, () -> new JoinCheck().accept(bare, withAModel()))
            .getMessage();
    assertTrue(refused.contains("[bare]"), refused);
    assertDoesNotThrow(() -> new JoinCheck().accept(bare, EMPTY));
    assertDoesNotThrow(() -> new JoinCheck().accept(node("good", OURS), withAModel()));
  }

  @Test
  void join_ofAMemberOfAnEarlierBuild_passesUntilItsFormIsLeft() {
    DiscoveryNode old = node("old", Map.of());
    DiscoveryNode restarted = node("old", Map.of());
    ModelEntry entry = Entries.of("films", "g1", "a".repeat(64), Map.of());
    ModelEntry earlier =
        new ModelEntry(
            entry.id(),
            entry.hash(),
            entry.deployment(),
            entry.parity(),
            Optional.empty(),
            Map.of(),
            new WholeFiles(entry.hash(), new TreeSet<>()));
    ClusterState members =
        ClusterState.builder(EMPTY).nodes(DiscoveryNodes.builder().add(old)).build();
    assertDoesNotThrow(() -> new JoinCheck().accept(old, registry(earlier).in(members)));
    assertThrows(
        IllegalStateException.class,
        () -> new JoinCheck().accept(restarted, registry(earlier).in(members)));
    assertThrows(
        IllegalStateException.class,
        () -> new JoinCheck().accept(old, registry(entry).in(members)));
  }
}
