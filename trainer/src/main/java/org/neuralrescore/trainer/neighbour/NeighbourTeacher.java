package org.neuralrescore.trainer.neighbour;

import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/** Teaches what goes together: {@link NeighbourWeights}. */
public record NeighbourTeacher(NeighbourOptions options) implements Teacher {

  @Override
  public ItemWeights learn(SparseMatrix rows, Histories histories, Workers workers) {
    return ItemWeights.of(NeighbourWeights.of(rows, options, workers).weights());
  }
}
