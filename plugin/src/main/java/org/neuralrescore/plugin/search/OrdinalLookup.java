// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    search(
        LookUpQuery.of(ids, List.of(field), nodes),
        ids.size(),
        listener.map(found -> byId(index, field, found)));
  }

  /** The listener gets the ids, in the order of the ordinals; what stands for one that is gone. */
  void ids(int[] ordinals, ActionListener<List<String>> listener) {
    search(
        new HiddenOrdinalsQuery(field, ordinals),
        ordinals.length,
        listener.map(
            found -> {
              Map<Integer, String> ids = unique(index, field, found, Item::ordinal, Item::id);
              return Arrays.stream(ordinals)
                  .mapToObj(ordinal -> ids.getOrDefault(ordinal, TouchedHistory.unnamed(ordinal)))
                  .toList();
            }));
  }

  private void search(QueryBuilder query, int most, ActionListener<List<Item>> listener) {
    SearchRequestBuilder search =
        client
            .prepareSearch(index)
            .setQuery(QueryBuilders.constantScoreQuery(query))
            // One more than there can be: an id or an ordinal that is there twice shows.
            .setSize(most + 1)
            .setFetchSource(false)
            .setTrackTotalHits(false)
            .setAllowPartialSearchResults(false)
            .addDocValueField(field);
    search.execute(
        listener.map(
            response -> {
              List<Item> found = new ArrayList<>();
              for (SearchHit hit : response.getHits().getHits()) {
                if (hit.field(field) != null && hit.field(field).getValue() instanceof Number of) {
                  found.add(new Item(hit.getId(), of.intValue()));
                }
              }
              return found;
            }));
  }

  /** An item's document. */
  record Item(String id, int ordinal) {}

  /**
   * Ordinals by id, of items that were read wherever.
   *
   * @throws ModelFailure where two are of one id or of one ordinal
   */
  static Map<String, Integer> byId(String index, String field, List<Item> items) {
    unique(index, field, items, Item::ordinal, Item::id);
    return unique(index, field, items, Item::id, Item::ordinal);
  }

  /** Items by what each has alone. */
  private static <K, V> Map<K, V> unique(
      String index,
      String field,
      List<Item> items,
      Function<Item, K> key,
      Function<Item, V> value) {
    Map<K, V> unique = new HashMap<>();
    for (Item item : items) {
      if (unique.put(key.apply(item), value.apply(item)) != null) {
        throw new ModelFailure(
            FailureCause.FIELD_NOT_FIT,
            "["
                + index
                + "] has several documents of one id, or of one ordinal in ["
                + field
                + "]: name the one index to look it up in");
      }
    }
    return unique;
  }
}
