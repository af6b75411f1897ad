/**
 * From a file of interactions to values that training can trust: string ids in a fixed row order,
 * each user's history in the order of time, a sparse matrix, and splits into what is learned from
 * and what is held out. What was known of a request beside its user goes with every interaction and
 * case as a row of a {@link org.neuralrescore.trainer.data.interactions.ContextTable}.
 *
 * <p>First in the flow. {@link org.neuralrescore.trainer.data.interactions.InteractionReader} reads
 * a file in an {@link org.neuralrescore.trainer.data.interactions.InteractionFormat} under {@link
 * org.neuralrescore.trainer.data.interactions.ReadingRules}; a {@link
 * org.neuralrescore.trainer.data.split.SplitProtocol} cuts the {@link
 * org.neuralrescore.trainer.data.interactions.Interactions} into a {@link
 * org.neuralrescore.trainer.data.split.Split}. Knows no model.
 */
package org.neuralrescore.trainer.data.interactions;
