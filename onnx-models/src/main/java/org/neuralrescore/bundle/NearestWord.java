// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
final class NearestWord {
  private NearestWord() {}

  /**
   * The nearest of some words by edit distance (Damerau 1964: a letter too many, too few, another,
   * or two changed about), the first in the alphabet of several; empty where more than a third of
   * the word, and more than one letter, would have to change.
   */
  static Optional<String> of(String word, Collection<String> words) {
    return words.stream()
        .filter(other -> distance(word, other) <= Math.max(1, other.length() / 3))
        .min(
            Comparator.comparingInt((String other) -> distance(word, other))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String a, String b) {
    // A word far too long is far away: the table stays as small as the right words are.
    if (a.length() > 2 * b.length() + 2) {
      return a.length();
    }
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int change = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        rows[i][j] = Math.min(change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length()][b.length()];
  }
}
