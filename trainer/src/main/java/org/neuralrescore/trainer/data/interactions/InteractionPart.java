package org.neuralrescore.trainer.data.interactions;

import org.neuralrescore.trainer.model.Ids;

/**
 * The whole histories of some of a data set's users, in rows of its own; {@link InteractionUnion}
 * makes one data set of parts of different users.
 *
 * @param users ids of the rows of {@code histories}, sorted
 * @param items ids of its columns, sorted: those that somebody of these users touched
 * @param histories the interactions
 * @param tally what was counted on the way
 */
record InteractionPart(Ids users, Ids items, Histories histories, LineTally tally) {}
