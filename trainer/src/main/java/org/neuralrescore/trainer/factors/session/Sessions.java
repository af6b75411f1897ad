// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SessionRule;

/**
 * The sessions that something can be predicted in: those that have an item to hide and, beside it
 * or before it, one to see. In the order of users and time.
 */
final class Sessions {
  private final int[] users;
  private final int[] starts;
  private final int[] ends;
  private final int skipped;

  private Sessions(int[] users, int[] starts, int[] ends, int skipped) {
    this.users = users;
    this.starts = starts;
    this.ends = ends;
    this.skipped = skipped;
  }

  static Sessions of(Histories histories, SessionRule rule) {
    int[] users = new int[histories.size()];
    int[] starts = new int[histories.size()];
    int[] ends = new int[histories.size()];
    int kept = 0;
    int skipped = 0;
    for (int u = 0; u < histories.userCount(); u++) {
      int p = histories.start(u);
      while (p < histories.end(u)) {
        int end = rule.end(histories, p, histories.end(u));
        if (end - histories.start(u) < 2) {
          skipped++;
        } else {
          users[kept] = u;
          starts[kept] = p;
          ends[kept++] = end;
        }
        p = end;
      }
    }
    return new Sessions(
        Arrays.copyOf(users, kept),
        Arrays.copyOf(starts, kept),
        Arrays.copyOf(ends, kept),
        skipped);
  }

  int size() {
    return users.length;
  }

  /** Sessions of one item with nothing before it. */
  int skipped() {
    return skipped;
  }

  int user(int session) {
    return users[session];
  }

  /** The position of a session's first interaction. */
  int start(int session) {
    return starts[session];
  }

  /** Behind the position of a session's last interaction. */
  int end(int session) {
    return ends[session];
  }
}
