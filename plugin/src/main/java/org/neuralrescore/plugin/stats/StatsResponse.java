// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * {@code {"nodes": {id: {"name", "rescored", "degraded": {cause: n}, "failed": {cause: n}, "open":
 * [model]}}}}, by the nodes' ids as Elasticsearch's own: a name may be given to several nodes.
 */
public final class StatsResponse extends ActionResponse implements ToXContentObject {
  private final SortedMap<String, Node> nodes;

  /** A node's counters. */
  record Node(String name, NodeStats stats) implements Writeable {
    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeString(name);
      stats.writeTo(out);
    }
  }

  StatsResponse(Map<String, Node> nodes) {
    this.nodes = new TreeMap<>(nodes);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeMap(nodes, StreamOutput::writeWriteable);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject().startObject("nodes");
    for (Map.Entry<String, Node> node : nodes.entrySet()) {
      builder.startObject(node.getKey()).field("name", node.getValue().name());
      node.getValue().stats().writeFields(builder);
      builder.endObject();
    }
    return builder.endObject().endObject();
  }
}
