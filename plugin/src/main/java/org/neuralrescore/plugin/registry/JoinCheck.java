// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.node.DiscoveryNode;

/**
 * Refuses a node that could not read the registry of the cluster that it joins. It asks again every
 * second or so: the master's log has one line a start of the node, the node's own log has all.
 *
 * <p>A node of a build before 0.1.0 says nothing of itself. It joined before the master was
 * upgraded, and stays a member when a new master is elected while its form is still written.
 */
public final class JoinCheck implements BiConsumer<DiscoveryNode, ClusterState> {
  private static final Logger logger = LogManager.getLogger(JoinCheck.class);

  private final AtomicReference<String> lastRefused = new AtomicReference<>("");

  /**
   * Checks one join.
   *
   * @throws IllegalStateException naming the node
   */
  @Override
  public void accept(DiscoveryNode node, ClusterState state) {
    ModelRegistry registry = ModelRegistry.of(state);
    if (registry.equals(ModelRegistry.EMPTY)
        || (EarlierForm.holds(registry) && state.nodes().nodeExists(node))) {
      return;
    }
    PluginNodes.unfit(node)
        .ifPresent(
            why -> {
              String refusal =
                  "the cluster has models of neural-rescore, and "
                      + why
                      + ": install the plugin there, or delete all aliases and models first";
              if (!lastRefused.getAndSet(node.getEphemeralId()).equals(node.getEphemeralId())) {
                logger.warn("join refused: {}", refusal);
              }
              throw new IllegalStateException(refusal);
            });
  }
}
