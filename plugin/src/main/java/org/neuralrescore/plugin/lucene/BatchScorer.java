// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/** Scores all rows of a batch. */
public interface BatchScorer {
  /**
   * Reads {@link FeatureBatch#user()} and {@link FeatureBatch#input(int)} and writes one raw output
   * a row to {@link FeatureBatch#outputs()}. Safe to call from several threads with different
   * batches.
   *
   * @param cancellation asked now and then; what it throws ends the run and is thrown
   * @throws ScoringException where the run fails
   */
  void score(FeatureBatch batch, Cancellation cancellation);
}
