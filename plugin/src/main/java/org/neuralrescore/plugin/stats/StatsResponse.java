// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * {@code {"nodes": {name: {"rescored", "degraded": {cause: n}, "failed": {cause: n}, "open":
 * [model]}}}}.
 */
public final class StatsResponse extends ActionResponse implements ToXContentObject {
  private final SortedMap<String, NodeStats> nodes;

  StatsResponse(Map<String, NodeStats> nodes) {
    this.nodes = new TreeMap<>(nodes);
  }

  StatsResponse(StreamInput in) throws IOException {
    nodes = new TreeMap<>(in.readMap(NodeStats::read));
  }

  Map<String, NodeStats> nodes() {
    return nodes;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeMap(nodes, StreamOutput::writeWriteable);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject().startObject("nodes");
    for (Map.Entry<String, NodeStats> node : nodes.entrySet()) {
      builder.startObject(node.getKey());
      node.getValue().writeFields(builder);
      builder.endObject();
    }
    return builder.endObject().endObject();
  }
}
