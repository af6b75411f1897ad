// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * What bounds time: of a history the newest interactions, of a popular item some of its users. The
 * same users are taken for all items as far as they have them, those that come first in a fixed
 * shuffle, so that two popular items still have their common users in common (a bottom-k sketch,
 * Cohen and Kaplan 2007).
 */
record Bounds(int maxHistory, int maxUsers) {
  /** Of all users of an item where no pair of neighbours is summed. */
  static Bounds of(WideOptions options) {
    return new Bounds(
        options.maxHistory(),
        options.direction().asksEach() ? Integer.MAX_VALUE : options.maxUsers());
  }

  /** The histories within the bounds; the same object where all are. */
  Histories apply(Histories all) {
    boolean[] keep = new boolean[all.size()];
    boolean cut = false;
    for (int u = 0; u < all.userCount(); u++) {
      int from = Math.max(all.start(u), all.end(u) - maxHistory);
      Arrays.fill(keep, from, all.end(u), true);
      cut |= from > all.start(u);
    }
    int[] popularity = new int[all.itemCount()];
    for (int p = 0; p < keep.length; p++) {
      popularity[all.item(p)] += keep[p] ? 1 : 0;
    }
    int most = Arrays.stream(popularity).max().orElse(0);
    if (most > maxUsers) {
      cut = true;
      thin(all, keep);
    }
    return cut ? all.select(keep) : all;
  }

  private void thin(Histories all, boolean[] keep) {
    int[] taken = new int[all.itemCount()];
    for (int u : shuffled(all.userCount())) {
      for (int p = all.start(u); p < all.end(u); p++) {
        if (keep[p] && ++taken[all.item(p)] > maxUsers) {
          keep[p] = false;
        }
      }
    }
  }

  /** Users in the order of a hash: neither of time nor of ids. */
  private static int[] shuffled(int users) {
    long[] keys = new long[users];
    for (int u = 0; u < users; u++) {
      keys[u] = (long) mix(u) << 32 | u;
    }
    Arrays.sort(keys);
    int[] order = new int[users];
    Arrays.setAll(order, i -> (int) keys[i]);
    return order;
  }

  /** The finaliser of MurmurHash3 (Appleby). */
  private static int mix(int value) {
    int h = value;
    h = (h ^ h >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }
}
