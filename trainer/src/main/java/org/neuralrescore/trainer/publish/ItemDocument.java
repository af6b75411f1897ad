// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;

/**
 * An item as people search it.
 *
 * @param id as in the interactions
 * @param title one line
 * @param description text, may be empty
 * @param categories may be empty
 */
public record ItemDocument(String id, String title, String description, List<String> categories) {
  public ItemDocument {
    categories = List.copyOf(categories);
  }

  /** The items of a catalogue, in its order. */
  public static List<ItemDocument> all(List<CatalogueItem> catalogue) {
    return catalogue.stream()
        .map(i -> new ItemDocument(i.id(), i.title(), i.description(), i.categories()))
        .toList();
  }

  /** An item of which nothing but its id is known. */
  static ItemDocument withoutText(String id) {
    return new ItemDocument(id, id, "", List.of());
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("item_id", id);
    fields.put("title", title);
    fields.put("description", description);
    fields.put("categories", categories);
    return fields;
  }
}
