// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

/**
 * One node's answer about itself. On the wire it is a map of one, from the node's name: earlier
 * builds put the answers of all nodes together by that, and the name of two may be the same.
 */
final class NodeStatsResponse extends ActionResponse {
  private final String name;
  private final NodeStats stats;

  NodeStatsResponse(String name, NodeStats stats) {
    this.name = name;
    this.stats = stats;
  }

  NodeStatsResponse(StreamInput in) throws IOException {
    Map<String, NodeStats> one = in.readMap(NodeStats::read);
    if (one.size() != 1) {
      throw new IOException("a node's counters expect one node, got " + one.size());
    }
    this.name = one.keySet().iterator().next();
    this.stats = one.get(name);
  }

  StatsResponse.Node node() {
    return new StatsResponse.Node(name, stats);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeMap(Map.of(name, stats), StreamOutput::writeWriteable);
  }
}
