// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.model.Ids;

/** The categories of every item, such as genres: none, one or several. Immutable. */
public final class ItemCategories {
  /** Of more there is no head: each is an output of it, and costs every step of training. */
  public static final int MOST_NAMES = 1_000;

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
    Map<String, Integer> number = new HashMap<>();
    names.forEach(name -> number.put(name, number.size()));
    int[][] rows = new int[items.size()][];
    for (int row = 0; row < rows.length; row++) {
      Collection<String> own = byId.get(items.get(row));
      rows[row] =
          own == null
              ? new int[0]
              : own.stream().distinct().mapToInt(number::get).sorted().toArray();
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

  /**
   * Whether a head can learn from them: there are at least two and not too many, and items that are
   * learned from have some.
   *
   * @param learned whether an item is learned from
   */
  public boolean teach(IntPredicate learned) {
    return names.size() >= 2
        && names.size() <= MOST_NAMES
        && IntStream.range(0, byItem.length).anyMatch(i -> byItem[i].length > 0 && learned.test(i));
  }

  /** The categories of an item, rising, perhaps none; not a copy. */
  public int[] of(int item) {
    return byItem[item];
  }
}
