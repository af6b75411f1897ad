// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import java.util.Iterator;
import org.neuralrescore.trainer.demo.node.NodeOptions;
import tools.jackson.databind.JsonNode;

/** Options of nodes that are one cluster: the first is its master, others join it. */
final class Nodes {
  private Nodes() {}

  /** The master. */
  static NodeOptions.Builder first(NodeOptions.Builder options) {
    return options
        .setting("node.name", "node-1")
        .setting("discovery.type", "multi-node")
        .setting("cluster.initial_master_nodes", "node-1");
  }

  /** A node that joins the cluster of a running one and holds data. */
  static NodeOptions.Builder joining(NodeOptions.Builder options, Cluster first, String name) {
    return options
        .setting("node.name", name)
        .setting("node.roles", "data,ingest")
        .setting("discovery.type", "multi-node")
        .setting("discovery.seed_hosts", transportAddress(first))
        // A node without a master asks again this often.
        .setting("discovery.find_peers_interval", "500ms");
  }

  private static String transportAddress(Cluster node) {
    JsonNode nodes = node.call("GET", "/_nodes/_local/transport").expect(200).json().path("nodes");
    Iterator<JsonNode> local = nodes.iterator();
    return local.next().path("transport_address").asString();
  }

  /** How many nodes the cluster has. */
  static int count(Cluster node) {
    return node.call("GET", "/_cluster/health").expect(200).json().path("number_of_nodes").asInt();
  }
}
