// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.NeighbourList;

/**
 * What a search's user touched, resolved: the ordinals of items with what each weighs.
 *
 * @param items rising ordinals
 * @param ids the items' ids in the same order, for a search that explains; else none
 */
record TouchedHistory(NeighbourList items, List<String> ids) implements Writeable {
  /** Nothing that is known. */
  static final TouchedHistory NOTHING =
      new TouchedHistory(NeighbourList.of(new int[0], new float[0]), List.of());

  TouchedHistory {
    ids = List.copyOf(ids);
    if (!ids.isEmpty() && ids.size() != items.size()) {
      throw new IllegalArgumentException(
          "[neural] a history of " + items.size() + " items got " + ids.size() + " ids");
    }
  }

  /**
   * The newest items of a history that have an ordinal. One that comes up several times counts at
   * its last place, with what it weighs there.
   *
   * @param ordinals by id
   * @param most items
   * @param named whether to keep their ids
   */
  static TouchedHistory of(
      UserReference.ByHistory history, Map<String, Integer> ordinals, int most, boolean named) {
    TreeMap<Integer, Integer> places = new TreeMap<>();
    for (int i = history.items().size() - 1; i >= 0 && places.size() < most; i--) {
      Integer ordinal = ordinals.get(history.items().get(i));
      if (ordinal != null) {
        places.putIfAbsent(ordinal, i);
      }
    }
    int[] items = new int[places.size()];
    float[] weights = new float[items.length];
    List<String> ids = new ArrayList<>();
    int n = 0;
    for (Map.Entry<Integer, Integer> place : places.entrySet()) {
      items[n] = place.getKey();
      weights[n++] = history.weights().get(place.getValue());
      if (named) {
        ids.add(history.items().get(place.getValue()));
      }
    }
    return new TouchedHistory(NeighbourList.of(items, weights), ids);
  }

  static TouchedHistory read(StreamInput in) throws IOException {
    try {
      return new TouchedHistory(
          NeighbourList.read(in.readByteArray()), in.readStringCollectionAsList());
    } catch (InvalidBundleException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeByteArray(items.write());
    out.writeStringCollection(ids);
  }

  /** What stands for the id of an item that is not known by it. */
  static String unnamed(int ordinal) {
    return "of ordinal " + ordinal;
  }

  /** An item as an explanation names it. */
  String name(int place) {
    return ids.isEmpty() ? unnamed(items.ordinal(place)) : ids.get(place);
  }
}
