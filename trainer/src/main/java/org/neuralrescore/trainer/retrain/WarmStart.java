// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/**
 * Where factors begin that go on from a former generation: its items keep their factors, on both
 * sides where they have two; new items begin as in a first run.
 */
final class WarmStart {
  private WarmStart() {}

  /**
   * The former generation's rows of the new data's items.
   *
   * @param items of the new data, in its columns' order
   * @return [items x width]; zeros where the former generation does not know an item
   */
  static FactorMatrix of(Bundle former, Ids items) {
    FactorMatrix known = former.itemFactors();
    int width = known.rank();
    float[] rows = new float[items.size() * width];
    for (int item = 0; item < items.size(); item++) {
      OptionalInt row = former.items().row(items.get(item));
      if (row.isPresent()) {
        System.arraycopy(known.values(), row.getAsInt() * width, rows, item * width, width);
      }
    }
    return new FactorMatrix(items.size(), width, rows);
  }

  /** The former generation where factors can go on from it: one of the same rank and loss. */
  static Optional<Bundle> usable(Optional<Bundle> former, TrainingOptions training) {
    return former.filter(
        bundle ->
            bundle.manifest().rank() == width(training)
                && loss(bundle).equals(training.factors().loss()));
  }

  /** What keeps factors from going on from a generation, for a person. */
  static String difference(Bundle bundle, TrainingOptions training) {
    int rank = bundle.manifest().rank();
    return rank == width(training)
        ? "the deployed generation has loss "
            + loss(bundle)
            + ", this run "
            + training.factors().loss()
        : "the deployed generation has vectors of " + rank + ", this run of " + width(training);
  }

  private static int width(TrainingOptions training) {
    return training.factors().width();
  }

  /** The loss that a generation's factors minimise, as far as it is known. */
  private static String loss(Bundle bundle) {
    return Provenance.of(bundle.manifest())
        .flatMap(Provenance::trained)
        .map(TrainedWith::loss)
        .orElse("unknown");
  }
}
