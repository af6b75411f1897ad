// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.NeighbourList;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.bundle.StoredLists;
import org.neuralrescore.trainer.bundle.StoredWide;

/**
 * What a bundle whose scorer reads neighbours keeps in documents: of an item its ordinal and its
 * neighbours, of a user what they touched. Empty lists are not stored.
 *
 * @param neighbours the field of an item's neighbours
 * @param ordinal the field of an item's ordinal, its row in the bundle
 * @param history the field of what a user touched
 */
record WideFields(String neighbours, String ordinal, String history, StoredWide part) {

  /** Of a bundle that has such; one made elsewhere may leave them to its deployment. */
  static Optional<WideFields> of(StoredBundle bundle) {
    return bundle
        .wide()
        .map(
            part -> {
              InputSource.ItemNeighbours input =
                  bundle.manifest().scorer().neighbourInput().orElseThrow();
              return new WideFields(
                  input.field(),
                  input.ordinals(),
                  bundle.manifest().users().history().orElseThrow().field(),
                  part);
            });
  }

  /** Gives the indices the fields. */
  void addTo(Indices indices, String itemsIndex, String usersIndex) {
    indices.addListField(itemsIndex, neighbours);
    indices.addOrdinalField(itemsIndex, ordinal);
    indices.addListField(usersIndex, history);
  }

  /** What the document of an item gets. */
  void putItem(int row, Map<String, Object> fields) {
    fields.put(ordinal, row);
    put(neighbours, part.neighbours(), row, fields);
  }

  /** What the document of a user gets. */
  void putUser(int row, Map<String, Object> fields) {
    part.users().ifPresent(lists -> put(history, lists, row, fields));
  }

  private static void put(String field, StoredLists lists, int row, Map<String, Object> fields) {
    int[] items = lists.items(row);
    if (items.length > 0) {
      fields.put(
          field,
          Base64.getEncoder().encodeToString(NeighbourList.of(items, lists.weights(row)).write()));
    }
  }
}
