// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * A bit for every user of every item, where there are few enough users: how many users two items
 * have in common is then a comparison of words.
 */
final class UserBits {
  /** 64 MB. */
  private static final long MOST_WORDS = 8 << 20;

  private final SparseMatrix byItem;
  private final int words;
  private final long[] bits;

  private UserBits(SparseMatrix byItem, int words) {
    this.byItem = byItem;
    this.words = words;
    bits = new long[byItem.rowCount() * words];
    for (int item = 0; item < byItem.rowCount(); item++) {
      for (int p = byItem.start(item); p < byItem.end(item); p++) {
        int user = byItem.columns()[p];
        bits[item * words + user / Long.SIZE] |= 1L << user;
      }
    }
  }

  /** Whether all bits have room. */
  static boolean fit(SparseMatrix byItem) {
    return (long) byItem.rowCount() * words(byItem) <= MOST_WORDS;
  }

  /** Of a matrix of ones, [items x users]. */
  static UserBits of(SparseMatrix byItem) {
    return new UserBits(byItem, words(byItem));
  }

  private static int words(SparseMatrix byItem) {
    return (byItem.columnCount() + Long.SIZE - 1) / Long.SIZE;
  }

  /** Steps that {@link #common} takes for two items at most. */
  int words() {
    return words;
  }

  /** How many users touched both. */
  int common(int one, int other) {
    int first = byItem.end(one) - byItem.start(one);
    int second = byItem.end(other) - byItem.start(other);
    if (Math.min(first, second) < words) {
      return first <= second ? probe(one, other) : probe(other, one);
    }
    int a = one * words;
    int b = other * words;
    int count = 0;
    for (int w = 0; w < words; w++) {
      count += Long.bitCount(bits[a + w] & bits[b + w]);
    }
    return count;
  }

  private int probe(int few, int many) {
    int[] users = byItem.columns();
    int at = many * words;
    int count = 0;
    for (int p = byItem.start(few); p < byItem.end(few); p++) {
      count += (int) (bits[at + users[p] / Long.SIZE] >>> users[p] & 1);
    }
    return count;
  }
}
