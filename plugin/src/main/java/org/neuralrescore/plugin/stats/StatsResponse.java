// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.rest.action.RestActions;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * {@code {"_nodes": {"total", "successful", "failed", "failures"}, "nodes": {id: {"name",
 * "rescored", "degraded": {cause: n}, "failed": {cause: n}, "open": [model]}}}}, by the nodes' ids
 * as Elasticsearch's own: a name may be given to several nodes. A node that did not answer is among
 * the failures.
 */
public final class StatsResponse extends ActionResponse implements ToXContentObject {
  private final SortedMap<String, Node> nodes;
  private final List<FailedNodeException> failures;

  /** A node's counters. */
  record Node(String name, NodeStats stats) implements Writeable {
    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeString(name);
      stats.writeTo(out);
    }
  }

  StatsResponse(Map<String, Node> nodes, List<FailedNodeException> failures) {
    this.nodes = new TreeMap<>(nodes);
    this.failures = List.copyOf(failures);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeMap(nodes, StreamOutput::writeWriteable);
    out.writeCollection(failures, StreamOutput::writeException);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    RestActions.buildNodesHeader(
        builder, params, nodes.size() + failures.size(), nodes.size(), failures.size(), failures);
    builder.startObject("nodes");
    for (Map.Entry<String, Node> node : nodes.entrySet()) {
      builder.startObject(node.getKey()).field("name", node.getValue().name());
      node.getValue().stats().writeFields(builder);
      builder.endObject();
    }
    return builder.endObject().endObject();
  }
}
