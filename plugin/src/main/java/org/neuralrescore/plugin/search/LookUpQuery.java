// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.IdsQueryBuilder;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.plugin.registry.PluginNodes;

/**
 * A {@link HiddenIdsQuery} that says which fields are read of what it finds: a shard that hides one
 * of them from the caller refuses, for a user would else be served as one of whom less is known.
 */
public final class LookUpQuery extends IdsQueryBuilder {
  /** The query's name; requests cannot use it. */
  public static final String NAME = "neural_rescore_look_up";

  private final List<String> fields;

  private LookUpQuery(List<String> fields) {
    this.fields = List.copyOf(fields);
  }

  /**
   * A query for ids. While the cluster has a node that does not know this one, it is what all know,
   * and hides nothing that was not hidden before.
   */
  static IdsQueryBuilder of(List<String> ids, List<String> fields, DiscoveryNodes nodes) {
    return PluginNodes.allKnowLookUps(nodes)
        ? new LookUpQuery(fields).addIds(ids.toArray(String[]::new))
        : HiddenIdsQuery.of(ids, nodes);
  }

  private LookUpQuery(StreamInput in) throws IOException {
    super(in);
    this.fields = in.readStringCollectionAsList();
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    super.doWriteTo(out);
    out.writeStringCollection(fields);
  }

  /** How a node knows it. */
  public static SearchPlugin.QuerySpec<LookUpQuery> spec() {
    return NotForRequests.spec(NAME, LookUpQuery::new, "ids");
  }

  /** As the query is rewritten, where a refusal keeps its status. */
  @Override
  protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
    SearchExecutionContext shard = context.convertToSearchExecutionContext();
    if (shard != null) {
      refuseHidden(shard, fields);
    }
    return super.doRewrite(context);
  }

  /** Refuses where a field is hidden, or the length of its vectors beside it. */
  static void refuseHidden(SearchExecutionContext shard, List<String> fields) {
    if (shard.getIndexReader() == null) {
      return;
    }
    String reads = "the look-up in index [" + shard.index().getName() + "]";
    for (String named : fields) {
      // A model may name an alias: what is hidden is the field itself.
      MappedFieldType type = shard.getFieldType(named);
      String field = type == null ? named : type.name();
      HiddenFields.refuse(shard.getIndexReader(), reads, field);
      HiddenFields.refuse(
          shard.getIndexReader(), reads, field + DenseVectorColumn.MAGNITUDE_SUFFIX);
    }
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject(NAME).field("ids", ids().size()).field("fields", fields).endObject();
  }

  @Override
  protected boolean doEquals(IdsQueryBuilder other) {
    return super.doEquals(other)
        && other instanceof LookUpQuery query
        && fields.equals(query.fields);
  }

  @Override
  protected int doHashCode() {
    return 31 * super.doHashCode() + fields.hashCode();
  }
}
