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
   * Writes the output of a row whose other inputs are in the batch.
   *
   * @param doc the segment's doc id, larger than that of the call before
   */
  void write(LeafColumn[] columns, int doc, FeatureBatch batch, int row) throws IOException {
    float dot = columns[form.item()].dot(doc, user, scratch);
    batch.outputs().put(row, form.output(dot, batch, row));
  }
}
