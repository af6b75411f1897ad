// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/** A {@link DotForm} in a graph's place, over batches that have every input: to compare the two. */
public final class DotFormScorer implements BatchScorer {
  private final DotForm form;

  public DotFormScorer(DotForm form) {
    this.form = form;
  }

  @Override
  public void score(FeatureBatch batch, Cancellation cancellation) {
    float[] user = new float[batch.layout().userWidth()];
    batch.user().get(0, user);
    float[] scaled = form.scaled(user);
    float[] vector = new float[user.length];
    for (int row = 0; row < batch.rows(); row++) {
      batch.input(form.item()).get(row * vector.length, vector);
      batch.outputs().put(row, form.output(DotProduct.of(scaled, vector), batch, row));
    }
  }
}
