// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * By what rules a source's lines became interactions, as far as they say which pairs there are and
 * in what order. By other rules another of a user's pairs is the last, and one that a model learned
 * from is held out.
 *
 * @param minRating lines below are left out
 * @param duplicates which line of a pair counts, by its name
 * @param ties the order at equal times, by its name
 * @param where field and value that a document has, as text; empty: any
 * @param since the earliest, as it was typed; empty: all
 * @param until before this, as it was typed; empty: all
 */
public record Reading(
    double minRating, String duplicates, String ties, String where, String since, String until) {

  /** All of a file. */
  static Reading of(ReadingRules rules) {
    return new Reading(rules.threshold(), name(rules.duplicates()), name(rules.ties()), "", "", "");
  }

  /** Whether lines of equal times are put in the order of ids. */
  boolean sortsByItem() {
    return ties.equals(name(ReadingRules.Ties.ITEM_ID));
  }

  private static String name(Enum<?> rule) {
    return rule.name().toLowerCase(Locale.ROOT);
  }

  /** The same of a part of the source. */
  Reading of(Map<String, String> fields, Optional<String> from, Optional<String> before) {
    return new Reading(
        minRating,
        duplicates,
        ties,
        fields.isEmpty() ? "" : new TreeMap<>(fields).toString(),
        from.orElse(""),
        before.orElse(""));
  }
}
