// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fake scorer: the dot product of the user and the first input, plus one, plus the first value of
 * a second input, and of a context row, where there is one.
 */
final class DotScorer implements BatchScorer {
  final AtomicInteger runs = new AtomicInteger();
  final AtomicInteger rows = new AtomicInteger();

  static float score(float[] user, float[] item) {
    float dot = 1;
    for (int f = 0; f < user.length; f++) {
      dot += user[f] * item[f];
    }
    return dot;
  }

  @Override
  public void score(FeatureBatch batch, Cancellation cancellation) {
    runs.incrementAndGet();
    rows.addAndGet(batch.rows());
    int width = batch.layout().width(0);
    float context = batch.layout().contexts() > 0 ? batch.context(0).get(0) : 0;
    float[] user = new float[width];
    batch.user().get(0, user);
    float[] item = new float[width];
    for (int row = 0; row < batch.rows(); row++) {
      batch.input(0).get(row * width, item);
      float more = batch.layout().inputs() > 1 ? batch.input(1).get(row) : 0;
      batch.outputs().put(row, score(user, item) + more + context);
    }
  }
}
