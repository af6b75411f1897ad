// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/**
 * What was counted of lines; those of several tables add up.
 *
 * @param kept lines that count
 * @param belowThreshold lines left out for their rating
 * @param blank lines left out for want of a user or an item
 * @param disorder lines earlier than the line of the same user before them
 * @param pairs lines of another item than the line of the same user before them
 * @param asText of these, those whose item comes behind that one as text
 * @param asNumber and those whose item comes behind it as a whole number
 */
public record LineTally(
    long kept,
    long belowThreshold,
    long blank,
    long disorder,
    long pairs,
    long asText,
    long asNumber) {
  private static final int FEWEST_PAIRS = 30;
  private static final double NEARLY_ALL = 0.98;

  /** Nothing yet. */
  static final LineTally NONE = new LineTally(0, 0, 0, 0, 0, 0, 0);

  /** Of lines that were left out alone. */
  public static LineTally leftOut(long belowThreshold, long blank) {
    return new LineTally(0, belowThreshold, blank, 0, 0, 0, 0);
  }

  /** Both. */
  LineTally plus(LineTally other) {
    return new LineTally(
        kept + other.kept,
        belowThreshold + other.belowThreshold,
        blank + other.blank,
        disorder + other.disorder,
        pairs + other.pairs,
        asText + other.asText,
        asNumber + other.asNumber);
  }

  /** All lines. */
  long lines() {
    return kept + belowThreshold + blank;
  }

  /**
   * Whether nearly every line's item comes behind that of the same user's line before, as text or
   * as a number; of too few lines nobody can tell.
   */
  boolean sortedByItem() {
    return pairs >= FEWEST_PAIRS && Math.max(asText, asNumber) >= NEARLY_ALL * pairs;
  }
}
