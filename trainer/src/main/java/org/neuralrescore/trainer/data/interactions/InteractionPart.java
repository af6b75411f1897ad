// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

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
    List<String> kept = head.users().stream().filter(users).toList();
    int[] from = new int[kept.size()];
    int[] until = new int[kept.size()];
    int next = 0;
    for (int user = 0; user < head.users().size(); user++) {
      if (next < kept.size() && kept.get(next).equals(head.users().get(user))) {
        from[next] = histories.start(user);
        until[next++] = histories.end(user);
      }
    }
    Histories theirs = histories.ranges(from, until);
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
