// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

/**
 * A ranker's figures on a part of the cases.
 *
 * @param name of the part, such as {@code tail}
 * @param report one row a case of the part, in the order of cases
 */
public record Slice(String name, RankingReport report) {}
