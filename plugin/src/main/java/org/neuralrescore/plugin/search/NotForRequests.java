// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.plugins.SearchPlugin;

/** Queries that a look-up sends between nodes, and that nobody writes into a request. */
final class NotForRequests {
  private NotForRequests() {}

  /**
   * How a node knows one: from another node alone.
   *
   * @param instead the query that a request uses
   */
  static <Q extends QueryBuilder> SearchPlugin.QuerySpec<Q> spec(
      String name, Writeable.Reader<Q> reader, String instead) {
    return new SearchPlugin.QuerySpec<>(
        name,
        reader,
        parser -> {
          throw new IllegalArgumentException(
              "[" + name + "] is not for requests: use [" + instead + "]");
        });
  }
}
