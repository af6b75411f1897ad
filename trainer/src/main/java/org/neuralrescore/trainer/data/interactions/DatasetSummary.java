// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.time.Instant;
import java.util.Optional;

/**
 * What was read and what became of it. {@code lines = interactions + duplicates + belowThreshold +
 * blank}.
 *
 * @param lines data lines in the file
 * @param interactions distinct pairs of user and item that remain
 * @param users users with at least one interaction, those elsewhere included
 * @param items items, those without interactions included
 * @param itemsWithoutInteractions items that only the catalogue knows
 * @param duplicates lines merged into another of the same user and item
 * @param belowThreshold lines left out for their rating
 * @param blank lines left out for want of a user or an item
 * @param clockDisorder lines earlier than the line of the same user before them: histories are
 *     sorted, so this is information, not harm
 * @param ordered what stands for the order of a user's interactions
 * @param reading by what rules
 * @param first the earliest time kept, where the file has times
 * @param last the latest time kept, where the file has times
 */
public record DatasetSummary(
    long lines,
    long interactions,
    int users,
    int items,
    int itemsWithoutInteractions,
    long duplicates,
    long belowThreshold,
    long blank,
    long clockDisorder,
    Order ordered,
    Reading reading,
    Optional<Instant> first,
    Optional<Instant> last) {

  /** The same of what was read by other rules. */
  DatasetSummary by(Reading rules) {
    return new DatasetSummary(
        lines,
        interactions,
        users,
        items,
        itemsWithoutInteractions,
        duplicates,
        belowThreshold,
        blank,
        clockDisorder,
        ordered,
        rules,
        first,
        last);
  }

  /** Whether it is an option, and not the file, that sorts the lines of a user by item. */
  public boolean sortedByOption() {
    return reading.sortsByItem();
  }

  /** What stands for the order of a user's interactions. */
  public enum Order {
    /** Their times. */
    TIMES,
    /** The order of lines. */
    LINES,
    /** The order of lines, and these are sorted by item: a user's last is no sample of anything. */
    SORTED_LINES
  }
}
