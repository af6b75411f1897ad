/**
 * Factors and network trained together: {@code L_total = L_NMF + lambda L_DL} by gradient steps
 * with projection onto the non-negative (joint), and with heads for ratings and categories over the
 * same factors (multi-task). Starts from the factors of {@code factors}; hands on item factors and
 * a scorer. Users are folded in afterwards as everywhere, so whoever calls it finishes the scorer
 * on folded users.
 */
package org.neuralrescore.trainer.combine.joint;
