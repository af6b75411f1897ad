// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

/**
 * What item factors know of categories, on items that the head neither learned from nor stopped on.
 * An answer is right where the predicted category is one of the item's.
 *
 * @param accuracy the head's share of right answers
 * @param majority the share that the most frequent category of the learned items gets
 * @param loss the head's mean cross-entropy
 * @param learned items learned from
 * @param heldOut items predicted
 * @param epoch the epoch of the figures
 */
public record CategoryReport(
    double accuracy, double majority, double loss, int learned, int heldOut, int epoch) {}
