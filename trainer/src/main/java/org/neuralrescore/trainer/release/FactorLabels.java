// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.Titles;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

/**
 * Names a factor by the items that it weighs most in: factors have no names of their own, and three
 * titles tell a person more than a number does.
 */
public final class FactorLabels {
  private static final int ITEMS_A_LABEL = 3;

  private FactorLabels() {}

  /**
   * One label a factor: titles, or ids where an item is in no catalogue, parted by commas; {@code
   * unused} where every item's weight is zero.
   *
   * @param factors [items x rank]
   */
  public static List<String> of(Ids items, FactorMatrix factors, List<CatalogueItem> catalogue) {
    Titles titles = new Titles(catalogue);
    List<String> labels = new ArrayList<>();
    for (int f = 0; f < factors.rank(); f++) {
      List<Integer> top = topItems(factors, f, ITEMS_A_LABEL);
      labels.add(
          top.isEmpty()
              ? "unused"
              : top.stream().map(items::get).map(titles::of).collect(Collectors.joining(", ")));
    }
    return labels;
  }

  /** The rows with the largest positive weights of a factor, largest first, ties by row. */
  public static List<Integer> topItems(FactorMatrix factors, int factor, int count) {
    float[] values = factors.values();
    int rank = factors.rank();
    List<Integer> top = new ArrayList<>();
    for (int row = 0; row < factors.rows(); row++) {
      float value = values[row * rank + factor];
      if (value <= 0) {
        continue;
      }
      int place = top.size();
      while (place > 0 && values[top.get(place - 1) * rank + factor] < value) {
        place--;
      }
      if (place < count) {
        top.add(place, row);
        if (top.size() > count) {
          top.remove(count);
        }
      }
    }
    return top;
  }
}
