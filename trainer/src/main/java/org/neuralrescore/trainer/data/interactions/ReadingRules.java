// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What counts as an interaction.
 *
 * @param minRating lines with a rating below are left out and counted; empty: those below 0, which
 *     are returns and dislikes. Applied before duplicates are merged
 * @param duplicates which of several lines of one user and item gives time and rating
 * @param ties the order of interactions of one user at one time
 * @param blankIds what to do with a line that has no user or no item
 * @param quantities whether the rating column says how many, so that one line counts for as many
 * @param catalogue ids of items that exist whether or not somebody touched them: they get a row and
 *     are ranked. Ids that also occur in the file are no harm
 */
@RecordBuilder
public record ReadingRules(
    OptionalDouble minRating,
    Duplicates duplicates,
    Ties ties,
    BlankIds blankIds,
    boolean quantities,
    List<String> catalogue)
    implements ReadingRulesBuilder.With {

  /** Which of several lines of one user and item is kept; their number is kept in any case. */
  public enum Duplicates {
    /** The latest by time, then by line: the user's present opinion. */
    LATEST,
    /** The first by time, then by line: when the user found the item. */
    FIRST
  }

  /**
   * The order of interactions of one user at one time. It decides which of a basket's items is the
   * last, and so what leave-last-out asks for: on online-retail, popularity's HR@10 is .036 by line
   * and .028 by id.
   */
  public enum Ties {
    /** As they stand in the file. */
    LINE,
    /** By item id, in the order of {@link String#compareTo}. */
    ITEM_ID
  }

  /** What to do with a line without user or item. */
  public enum BlankIds {
    /** Stop with an error that names the line. */
    REFUSE,
    /** Leave it out and count it. */
    SKIP
  }

  public ReadingRules {
    catalogue = List.copyOf(catalogue);
  }

  /** The rating from which a line counts. */
  public double threshold() {
    return minRating.orElse(0);
  }

  /** Every line but returns counts, the latest of duplicates is kept, blank ids are refused. */
  public static ReadingRules defaults() {
    return new ReadingRules(
        OptionalDouble.empty(), Duplicates.LATEST, Ties.LINE, BlankIds.REFUSE, false, List.of());
  }

  /** The same with a threshold. */
  public ReadingRules withMinRating(double value) {
    return withMinRating(OptionalDouble.of(value));
  }
}
