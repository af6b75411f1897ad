// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.neuralrescore.trainer.data.catalogue.Titles;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.release.report.Section;
import org.neuralrescore.trainer.release.report.Section.Table;

/** The strongest pairs of the wide part, by name. */
final class PairSection {
  private static final int PAIRS = 20;

  private final Ids items;
  private final Titles titles;

  PairSection(Ids items, Titles titles) {
    this.items = items;
    this.titles = titles;
  }

  private record Pair(int item, int speaker, float weight) implements Comparable<Pair> {
    /** The weakest first, of equal ones the later. */
    @Override
    public int compareTo(Pair other) {
      int byWeight = Float.compare(weight, other.weight);
      return byWeight != 0 ? byWeight : Integer.compare(other.item, item);
    }
  }

  Section of(ItemNeighbours neighbours) {
    PriorityQueue<Pair> strongest = new PriorityQueue<>();
    for (int item = 0; item < neighbours.itemCount(); item++) {
      for (int p = neighbours.start(item); p < neighbours.end(item); p++) {
        strongest.add(new Pair(item, neighbours.items()[p], neighbours.weights()[p]));
        if (strongest.size() > PAIRS) {
          strongest.remove();
        }
      }
    }
    List<List<String>> rows = new ArrayList<>();
    while (!strongest.isEmpty()) {
      Pair pair = strongest.remove();
      rows.add(
          0,
          List.of(
              titles.of(items.get(pair.item())),
              titles.of(items.get(pair.speaker())),
              String.format(Locale.ROOT, "%.3f", pair.weight())));
    }
    return new Table(
        "The strongest pairs",
        String.format(
            Locale.ROOT,
            "Of %,d. Who touched the second is told the first, by so much.",
            neighbours.size()),
        List.of("item", "because of", "weight"),
        rows);
  }
}
