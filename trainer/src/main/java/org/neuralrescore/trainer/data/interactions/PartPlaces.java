// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Where the users of each part stand in the data set, which has all of them sorted by id. */
final class PartPlaces {
  private final List<String> users = new ArrayList<>();
  private final int[][] rows;
  private final int[] starts;

  private PartPlaces(List<PartHead> heads) {
    rows = new int[heads.size()][];
    PriorityQueue<Next> queue = new PriorityQueue<>(Comparator.comparing(Next::id));
    int all = 0;
    for (int part = 0; part < heads.size(); part++) {
      List<String> ids = heads.get(part).users();
      rows[part] = new int[ids.size()];
      all = Math.addExact(all, ids.size());
      if (!ids.isEmpty()) {
        queue.add(new Next(part, 0, ids.get(0)));
      }
    }
    starts = new int[all + 1];
    while (!queue.isEmpty()) {
      Next next = queue.remove();
      PartHead head = heads.get(next.part());
      int row = users.size();
      rows[next.part()][next.user()] = row;
      starts[row + 1] = Math.addExact(starts[row], head.length(next.user()));
      users.add(next.id());
      int behind = next.user() + 1;
      if (behind < head.users().size()) {
        queue.add(new Next(next.part(), behind, head.users().get(behind)));
      }
    }
  }

  /** A part's next user. */
  private record Next(int part, int user, String id) {}

  static PartPlaces of(List<PartHead> heads) {
    return new PartPlaces(heads);
  }

  /** The ids of all, sorted. */
  List<String> users() {
    return users;
  }

  /** Where a user's history begins, [users + 1], with the end of the last; not a copy. */
  int[] starts() {
    return starts;
  }

  /** The row of a part's user among all. */
  int row(int part, int user) {
    return rows[part][user];
  }
}
