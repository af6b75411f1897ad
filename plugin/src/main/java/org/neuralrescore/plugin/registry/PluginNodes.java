// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.List;
import java.util.Optional;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.rest.RestStatus;

/**
 * Which nodes can read the registry. Every node gets the whole cluster state, and one that cannot
 * read a section of it stays on the last state that it could. Each node therefore says which format
 * it reads, in an attribute that it joins with: a registry is written when all can read it, and
 * while there is one, a node that cannot does not join.
 */
public final class PluginNodes {
  /** The attribute's name. */
  static final String ATTRIBUTE = "neural_rescore";

  /** What this build reads and writes; a later one reads this, too. */
  static final int FORMAT = 1;

  /** The attribute of what a node's searches may be asked, whose number only grows. */
  static final String SEARCH_ATTRIBUTE = "neural_rescore_search";

  /** 1: knows look-ups that name the fields they read. */
  static final int SEARCH = 1;

  private PluginNodes() {}

  /** The node's attributes. */
  public static Settings attributes() {
    return Settings.builder()
        .put("node.attr." + ATTRIBUTE, FORMAT)
        .put("node.attr." + SEARCH_ATTRIBUTE, SEARCH)
        .build();
  }

  /**
   * Refuses where a node cannot read what this one would write.
   *
   * @throws ElasticsearchStatusException 409, naming the node
   */
  public static void requireAll(DiscoveryNodes nodes) {
    List<String> unfit =
        nodes.stream().map(PluginNodes::unfit).flatMap(Optional::stream).sorted().toList();
    if (!unfit.isEmpty()) {
      throw new ElasticsearchStatusException(
          "the registry stays as it is: "
              + String.join(", ", unfit)
              + "; install this build on every node and restart it, then try again",
          RestStatus.CONFLICT);
    }
  }

  /** Whether every node is of 0.1.0 or later. */
  public static boolean allSayTheirFormat(DiscoveryNodes nodes) {
    return nodes.stream().allMatch(node -> node.getAttributes().containsKey(ATTRIBUTE));
  }

  /** Whether every node knows look-ups that name the fields they read. */
  public static boolean allKnowLookUps(DiscoveryNodes nodes) {
    return nodes.stream().allMatch(node -> node.getAttributes().containsKey(SEARCH_ATTRIBUTE));
  }

  /** Why a node cannot read the registry; empty where it can. */
  static Optional<String> unfit(DiscoveryNode node) {
    String format = node.getAttributes().get(ATTRIBUTE);
    if (format == null) {
      return Optional.of(
          "node [" + node.getName() + "] lacks the plugin neural-rescore, or has an early build");
    }
    return format.matches("[0-9]{1,9}") && Integer.parseInt(format) >= FORMAT
        ? Optional.empty()
        : Optional.of(
            "node ["
                + node.getName()
                + "] has a build of neural-rescore that reads format "
                + format
                + ", not "
                + FORMAT);
  }
}
