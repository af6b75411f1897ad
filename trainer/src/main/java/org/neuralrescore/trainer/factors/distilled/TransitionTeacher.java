// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.neighbour.ItemWeights;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.factors.neighbour.Teacher;

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
