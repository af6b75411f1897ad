// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.index.query.IdsQueryBuilder;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.plugin.registry.PluginNodes;

/**
 * An {@code ids} query that prints how many it looks for and not which: what is printed stands in
 * slow logs and task lists, and ids of users and of what they touched are about persons.
 */
public final class HiddenIdsQuery extends IdsQueryBuilder {
  /** The query's name; requests cannot use it. */
  public static final String NAME = "neural_rescore_ids";

  private HiddenIdsQuery() {}

  /**
   * A query for ids. Nodes of builds before 0.1.0 do not know this one: while the cluster has any,
   * it is an open {@code ids} query, as theirs is.
   */
  static IdsQueryBuilder of(List<String> ids, DiscoveryNodes nodes) {
    IdsQueryBuilder query =
        PluginNodes.allSayTheirFormat(nodes) ? new HiddenIdsQuery() : new IdsQueryBuilder();
    return query.addIds(ids.toArray(String[]::new));
  }

  private HiddenIdsQuery(StreamInput in) throws IOException {
    super(in);
  }

  /** How a node knows it. */
  public static SearchPlugin.QuerySpec<HiddenIdsQuery> spec() {
    return NotForRequests.spec(NAME, HiddenIdsQuery::new, "ids");
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject(NAME).field("ids", ids().size()).endObject();
  }
}
