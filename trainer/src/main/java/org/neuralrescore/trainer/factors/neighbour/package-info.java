/**
 * Item-to-item weights: how much having touched one item is evidence for another, regressed from
 * the matrix that would be factorised, for {@code distilled} to teach factors with and for
 * baselines to rank by. Reads {@code data}.
 */
package org.neuralrescore.trainer.factors.neighbour;
