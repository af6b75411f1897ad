/**
 * From a file of interactions to values that training can trust: string ids in a fixed row order,
 * each user's history in the order of time, a sparse matrix, and splits into what is learned from
 * and what is held out. What was known of a request beside its user goes with every interaction and
 * case as a row of a {@link org.neuralrescore.trainer.dataset.ContextTable}.
 *
 * <p>First in the flow. {@link org.neuralrescore.trainer.dataset.InteractionReader} reads a file in
 * an {@link org.neuralrescore.trainer.dataset.InteractionFormat} under {@link
 * org.neuralrescore.trainer.dataset.ReadingRules}; a {@link
 * org.neuralrescore.trainer.dataset.SplitProtocol} cuts the {@link
 * org.neuralrescore.trainer.dataset.Interactions} into a {@link
 * org.neuralrescore.trainer.dataset.Split}. Knows no model.
 */
package org.neuralrescore.trainer.dataset;
