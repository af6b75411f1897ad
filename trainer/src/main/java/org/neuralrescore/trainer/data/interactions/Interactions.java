// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.model.Ids;

/**
 * A data set: who touched what, and when.
 *
 * <p>Ids take their rows in the order of {@link String#compareTo}, so the rows depend on which ids
 * there are and on nothing else: neither on the order of lines nor on a hash.
 *
 * @param users ids of the rows of {@code histories}; each has at least one interaction
 * @param items ids of its columns, those without interactions included
 * @param histories the interactions, each user's in the order of time and, at equal times, of lines
 * @param summary what was read and what was left out
 * @param sha256 64 hex digits over ids and histories: equal content, equal hash, whatever the file
 *     looked like
 */
public record Interactions(
    Ids users, Ids items, Histories histories, DatasetSummary summary, String sha256) {
  public Interactions {
    if (users.size() != histories.userCount() || items.size() != histories.itemCount()) {
      throw new IllegalArgumentException(
          "interactions of "
              + users.size()
              + " users and "
              + items.size()
              + " items got histories of "
              + histories.userCount()
              + " and "
              + histories.itemCount());
    }
  }

  /**
   * These histories in the rows of other ids: those of users that are not here are empty.
   *
   * @param others have every item of these
   */
  public Histories historiesAmong(Ids otherUsers, Ids others) {
    int[] from = new int[otherUsers.size()];
    int[] until = new int[otherUsers.size()];
    for (int row = 0; row < from.length; row++) {
      OptionalInt here = users.row(otherUsers.get(row));
      if (here.isPresent()) {
        from[row] = histories.start(here.getAsInt());
        until[row] = histories.end(here.getAsInt());
      }
    }
    int[] rowOf =
        items.asList().stream().mapToInt(item -> others.row(item).orElseThrow()).toArray();
    return histories.ranges(from, until).withItems(others.size(), rowOf);
  }

  /**
   * The same, read from a part of a source.
   *
   * @param where field and value that each document has
   * @param since the earliest, as it was typed
   * @param until before this, as it was typed
   */
  public Interactions selected(
      Map<String, String> where, Optional<String> since, Optional<String> until) {
    return new Interactions(
        users, items, histories, summary.by(summary.reading().of(where, since, until)), sha256);
  }

  /** Whether the data has times; without, the order of lines stands for the order of time. */
  public boolean timed() {
    return summary.first().isPresent();
  }
}
