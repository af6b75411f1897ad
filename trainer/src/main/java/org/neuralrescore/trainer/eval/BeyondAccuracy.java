// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

/**
 * What lists of the first k items look like together, whether or not they are right; ties at their
 * expected value.
 *
 * @param coverage catalogue coverage: the share of all items that are in at least one list (Ge et
 *     al. 2010, "Beyond accuracy: evaluating recommender systems by coverage and serendipity"),
 *     from 0 to 1
 * @param gini how unequally items are recommended: {@code sum_j (2j - n - 1) p_j / (n - 1)} over
 *     the n items by rising share {@code p_j} of all recommendations (Castells et al. 2022,
 *     "Novelty and Diversity in Recommender Systems"; Fleder and Hosanagar 2009), 0 where each is
 *     recommended as often, 1 where it is always the same one
 * @param novelty the mean self-information of what is recommended, in bits, as {@link
 *     ItemPopularity#selfInformation} has it (Zhou et al. 2010)
 */
public record BeyondAccuracy(double coverage, double gini, double novelty) {}
