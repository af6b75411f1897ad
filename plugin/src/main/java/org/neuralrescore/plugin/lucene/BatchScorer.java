package org.neuralrescore.plugin.lucene;

/** Scores all rows of a batch in one run. */
public interface BatchScorer {
  /**
   * Reads {@link FeatureBatch#user()} and {@link FeatureBatch#input(int)} and writes one raw output
   * a row to {@link FeatureBatch#outputs()}. Safe to call from several threads with different
   * batches.
   *
   * @throws ScoringException where the run fails
   */
  void score(FeatureBatch batch);
}
