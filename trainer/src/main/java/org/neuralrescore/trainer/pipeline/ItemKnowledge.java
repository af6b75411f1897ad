// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.combine.category.ItemCategories;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.content.HashedWords;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.model.Ids;

/**
 * What is known of items beside who touched them.
 *
 * @param categories of every item, perhaps none
 * @param content vectors, where there are any
 */
public record ItemKnowledge(ItemCategories categories, Optional<ItemContent> content) {
  /** Nothing is known. */
  public static ItemKnowledge none(int itemCount) {
    return new ItemKnowledge(ItemCategories.none(itemCount), Optional.empty());
  }

  /**
   * Categories of a catalogue, and content.
   *
   * @param catalogue may be empty
   * @param content in the items' order
   */
  public static ItemKnowledge of(
      Ids items, List<CatalogueItem> catalogue, Optional<ItemContent> content) {
    Map<String, List<String>> categories = new HashMap<>();
    catalogue.forEach(item -> categories.put(item.id(), item.categories()));
    return new ItemKnowledge(
        catalogue.isEmpty()
            ? ItemCategories.none(items.size())
            : ItemCategories.of(items, categories),
        content);
  }

  /**
   * Categories and hashed words of a catalogue.
   *
   * @param width of the content vectors
   */
  public static ItemKnowledge of(Ids items, List<CatalogueItem> catalogue, int width) {
    return of(items, catalogue, Optional.of(new HashedWords(width).of(items, catalogue)));
  }
}
