// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.index.query.TermsQueryBuilder;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * A {@code terms} query that prints how many numbers it looks for and not which, as {@link
 * HiddenIdsQuery} does: they stand for what a person touched.
 */
public final class HiddenOrdinalsQuery extends TermsQueryBuilder {
  /** The query's name; requests cannot use it. */
  public static final String NAME = "neural_rescore_ordinals";

  HiddenOrdinalsQuery(String field, int... ordinals) {
    super(field, ordinals);
  }

  private HiddenOrdinalsQuery(StreamInput in) throws IOException {
    super(in);
  }

  /** How a node knows it. */
  public static SearchPlugin.QuerySpec<TermsQueryBuilder> spec() {
    return NotForRequests.spec(NAME, HiddenOrdinalsQuery::new, "terms");
  }

  /** Refuses where the field is hidden from the caller, as {@link LookUpQuery} does. */
  @Override
  protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
    SearchExecutionContext shard = context.convertToSearchExecutionContext();
    if (shard != null) {
      LookUpQuery.refuseHidden(shard, List.of(fieldName()));
    }
    return super.doRewrite(context);
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject(NAME).field(fieldName(), values().size()).endObject();
  }
}
