// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The whole histories of some of a data set's users, in rows of its own; {@link InteractionUnion}
 * makes one data set of parts of different users.
 *
 * @param head what is known of it before its interactions are at hand
 * @param histories the interactions of the head's users with its items
 */
public record InteractionPart(PartHead head, Histories histories) {
  public InteractionPart {
    if (histories.userCount() != head.users().size()
        || histories.itemCount() != head.items().size()) {
      throw new IllegalArgumentException(
          "a part of "
              + head.users().size()
              + " users and "
              + head.items().size()
              + " items got histories of "
              + histories.userCount()
              + " and "
              + histories.itemCount());
    }
  }

  /** Some of its users alone, with the items that they touched; what was counted stays whole. */
  public InteractionPart only(Predicate<String> users) {
    int[] rows =
        IntStream.range(0, head.users().size())
            .filter(user -> users.test(head.users().get(user)))
            .toArray();
    List<String> kept = Arrays.stream(rows).mapToObj(head.users()::get).toList();
    Histories theirs =
        histories.ranges(
            Arrays.stream(rows).map(histories::start).toArray(),
            Arrays.stream(rows).map(histories::end).toArray());
    int[] touched = theirs.popularity();
    int[] rowOf = new int[touched.length];
    List<String> items = new ArrayList<>();
    for (int item = 0; item < touched.length; item++) {
      if (touched[item] > 0) {
        rowOf[item] = items.size();
        items.add(head.items().get(item));
      }
    }
    theirs = theirs.withItems(items.size(), rowOf);
    return new InteractionPart(PartHead.of(kept, items, theirs, head.tally()), theirs);
  }

  /** The ids of its users, sorted. */
  public List<String> users() {
    return head.users();
  }

  /**
   * Its histories with items in the rows of all of a data set's.
   *
   * @param items sorted, with all of these
   */
  public Histories among(List<String> items) {
    return histories.withItems(
        items.size(),
        head.items().stream().mapToInt(id -> Collections.binarySearch(items, id)).toArray());
  }
}
