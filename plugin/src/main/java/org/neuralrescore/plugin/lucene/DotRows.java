// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.nio.FloatBuffer;
import org.neuralrescore.bundle.FloatVector;

/** One window of a {@link DotForm}: a row's output while the row is read. Not thread-safe. */
final class DotRows {
  private final DotForm form;
  private final float[] user;
  private final FloatBuffer scratch;

  DotRows(DotForm form, FloatVector user) {
    this.form = form;
    this.user = form.scaled(user.toArray());
    this.scratch = FloatBuffer.allocate(user.length());
  }

  /** The input that is not copied into the batch. */
  int item() {
    return form.item();
  }

  /**
   * Writes the outputs of rows of one segment, whose other inputs are in the batch.
   *
   * @param base the segment's first doc
   */
  void write(LeafColumn[] columns, int base, FeatureBatch batch, int from, int to)
      throws IOException {
    LeafColumn column = columns[form.item()];
    long[] order = batch.order();
    FloatBuffer outputs = batch.outputs();
    for (int row = from; row < to; row++) {
      float dot = column.dot((int) (order[row] >>> 32) - base, user, scratch);
      outputs.put(row, form.output(dot, batch, row));
    }
  }
}
