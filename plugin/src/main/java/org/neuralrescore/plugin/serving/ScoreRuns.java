// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.nio.FloatBuffer;
import java.util.List;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.BatchScorer;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;

/**
 * Runs rows of one parity case through a scorer, in any order. The case is of the manifest: its
 * shapes fit.
 */
record ScoreRuns(
    BatchScorer scorer,
    BatchPool pool,
    ScorerSpec spec,
    ParityCases.ScoreCase expected,
    Cancellation cancellation) {

  /** The raw outputs of these rows, run together. */
  float[] run(int... rows) {
    FeatureBatch batch = pool.take(rows.length);
    try {
      fill(batch.user(), spec.user(), 0);
      List<InputSource> contexts = spec.requestInputs();
      for (int i = 0; i < contexts.size(); i++) {
        fill(batch.context(i), contexts.get(i), 0);
      }
      List<InputSource> inputs = spec.rowInputs();
      for (int i = 0; i < inputs.size(); i++) {
        fill(batch.input(i), inputs.get(i), rows);
      }
      scorer.score(batch, cancellation);
      float[] outputs = new float[rows.length];
      batch.outputs().get(0, outputs);
      return outputs;
    } finally {
      pool.giveBack(batch);
    }
  }

  private void fill(FloatBuffer buffer, InputSource input, int... rows) {
    FloatVector values = expected.inputs().get(input.name()).values();
    int width = input.width();
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < width; i++) {
        buffer.put(row * width + i, values.get(rows[row] * width + i));
      }
    }
  }
}
