// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.neighbour.ItemWeights;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.factors.neighbour.NeighbourWeights;
import org.neuralrescore.trainer.factors.neighbour.Teacher;

/** Teaches what goes together: {@link NeighbourWeights}. */
public record NeighbourTeacher(NeighbourOptions options) implements Teacher {

  @Override
  public ItemWeights learn(SparseMatrix rows, Histories histories, Workers workers) {
    return ItemWeights.of(NeighbourWeights.of(rows, options, workers).weights());
  }
}
