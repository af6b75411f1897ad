// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequestBuilder;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;

/**
 * Looks up which item has which ordinal, with an ordinary search, as the caller.
 *
 * @param nodes all that may answer
 * @param index where items are
 * @param field the number of an item's document
 */
record OrdinalLookup(Client client, DiscoveryNodes nodes, String index, String field) {
  /** The listener gets the ordinals, by id, of the items that are there and have one. */
  void ordinals(List<String> ids, ActionListener<Map<String, Integer>> listener) {
    search(HiddenIdsQuery.of(ids, nodes), ids.size(), listener);
  }

  /** The listener gets the ids, in the order of the ordinals; what stands for one that is gone. */
  void ids(int[] ordinals, ActionListener<List<String>> listener) {
    search(
        new HiddenOrdinalsQuery(field, ordinals),
        ordinals.length,
        listener.map(
            found -> {
              Map<Integer, String> ids = new HashMap<>();
              found.forEach((id, ordinal) -> ids.put(ordinal, id));
              return Arrays.stream(ordinals)
                  .mapToObj(ordinal -> ids.getOrDefault(ordinal, TouchedHistory.unnamed(ordinal)))
                  .toList();
            }));
  }

  private void search(QueryBuilder query, int most, ActionListener<Map<String, Integer>> listener) {
    SearchRequestBuilder search =
        client
            .prepareSearch(index)
            .setQuery(QueryBuilders.constantScoreQuery(query))
            .setSize(most)
            .setFetchSource(false)
            .setTrackTotalHits(false)
            .setAllowPartialSearchResults(false)
            .addDocValueField(field);
    search.execute(
        listener.map(
            response -> {
              Map<String, Integer> found = new HashMap<>();
              for (SearchHit hit : response.getHits().getHits()) {
                if (hit.field(field) != null && hit.field(field).getValue() instanceof Number of) {
                  found.put(hit.getId(), of.intValue());
                }
              }
              return found;
            }));
  }
}
