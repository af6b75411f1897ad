// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.neuralrescore.trainer.model.Ids;

/** The categories of every item, such as genres: none, one or several. Immutable. */
public final class ItemCategories {
  private final List<String> names;
  private final int[][] byItem;

  private ItemCategories(List<String> names, int[][] byItem) {
    this.names = names;
    this.byItem = byItem;
  }

  /**
   * Numbers the categories in the order of their names.
   *
   * @param items ids of the item rows
   * @param byId categories by item id; ids that are no row are passed over, rows without an entry
   *     have no category
   */
  public static ItemCategories of(Ids items, Map<String, ? extends Collection<String>> byId) {
    TreeSet<String> all = new TreeSet<>();
    for (String id : items.asList()) {
      if (byId.containsKey(id)) {
        all.addAll(byId.get(id));
      }
    }
    List<String> names = List.copyOf(all);
    int[][] rows = new int[items.size()][];
    for (int row = 0; row < rows.length; row++) {
      Collection<String> own = byId.get(items.get(row));
      rows[row] =
          own == null
              ? new int[0]
              : own.stream().distinct().mapToInt(names::indexOf).sorted().toArray();
    }
    return new ItemCategories(names, rows);
  }

  /** No categories at all, for data without. */
  public static ItemCategories none(int itemCount) {
    return new ItemCategories(List.of(), new int[itemCount][0]);
  }

  /** The names, sorted; a category's number is its place here. */
  public List<String> names() {
    return names;
  }

  /** The categories of an item, rising, perhaps none; not a copy. */
  public int[] of(int item) {
    return byItem[item];
  }
}
