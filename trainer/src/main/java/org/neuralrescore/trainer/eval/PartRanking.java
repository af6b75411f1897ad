// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import org.neuralrescore.trainer.base.parallel.Workers;

/**
 * Where the cases of an evaluation are ranked, part by part: by this process, or by a cluster. The
 * parts are the evaluation's, so figures are the same to the bit wherever they are ranked.
 */
@FunctionalInterface
public interface PartRanking {
  /** What is done with the parts. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Gets one part, from any thread and in any order, each once.
     *
     * @param part from 0, in the order of the cases
     * @param ranked its cases
     */
    void part(int part, RankedPart ranked);
  }

  /**
   * Ranks every case.
   *
   * @param size cases a part; the last may have fewer
   * @param workers stay the caller's
   * @param visitor gets all parts before this returns
   * @throws IllegalStateException where the ranker gives a score that is not finite
   */
  void rank(RankingJob job, int size, Workers workers, Visitor visitor);

  /** By this process. */
  static PartRanking here() {
    return (job, size, workers, visitor) ->
        workers.runRows(
            job.set().size(), size, (part, from, to) -> visitor.part(part, job.rank(from, to)));
  }
}
