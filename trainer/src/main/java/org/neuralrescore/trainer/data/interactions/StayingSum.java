// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.neuralrescore.trainer.model.Ids;

/** What all parts tell of users who stay where they are, added up as it comes. */
final class StayingSum {
  private static final class Touched {
    private int users;
    private long first = Long.MAX_VALUE;
  }

  private final Map<String, Touched> items = new HashMap<>();
  private HistorySum sum = HistorySum.NONE;
  private int users;
  private long interactions;
  private long latest = Long.MIN_VALUE;

  /**
   * One part more.
   *
   * @throws ArithmeticException where users are more than an {@code int} counts
   */
  void add(StayingPart part) {
    users = Math.addExact(users, part.users());
    interactions += part.interactions();
    latest = Math.max(latest, part.latest());
    sum = sum.plus(part.sum());
    for (int item = 0; item < part.items().size(); item++) {
      Touched touched = items.computeIfAbsent(part.items().get(item), id -> new Touched());
      touched.users += part.touched(item);
      touched.first = Math.min(touched.first, part.first(item));
    }
  }

  int users() {
    return users;
  }

  /** Ids of the items that somebody touched. */
  Set<String> items() {
    return items.keySet();
  }

  /**
   * All of it.
   *
   * @param rows all items of the data set, these among them
   */
  Elsewhere of(Ids rows) {
    if (users == 0) {
      return Elsewhere.NOBODY;
    }
    int[] touched = new int[rows.size()];
    long[] first = new long[rows.size()];
    Arrays.fill(first, Long.MAX_VALUE);
    items.forEach(
        (id, of) -> {
          int row = rows.row(id).orElseThrow();
          touched[row] = of.users;
          first[row] = of.first;
        });
    return new Elsewhere(users, interactions, touched, first, latest, sum.hex());
  }
}
