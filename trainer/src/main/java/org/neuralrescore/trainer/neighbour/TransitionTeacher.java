package org.neuralrescore.trainer.neighbour;

import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/**
 * Teaches what comes next: {@link TransitionWeights}.
 *
 * @param options lambda and the most items; the number of neighbours decides nothing
 * @param weighting what the interactions of a history weigh
 */
public record TransitionTeacher(NeighbourOptions options, HistoryWeighting weighting)
    implements Teacher {

  @Override
  public ItemWeights learn(SparseMatrix rows, Histories histories, Workers workers) {
    return TransitionWeights.of(histories, weighting, options, workers);
  }
}
