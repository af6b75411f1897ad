package org.neuralrescore.trainer.neighbour;

import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/** Which item-to-item weights factors are taught to rank by. Equal ones learn the same. */
public sealed interface Teacher permits NeighbourTeacher, TransitionTeacher {

  /**
   * Learns.
   *
   * @param rows [rows x items] that are factorised
   * @param histories of the same interactions, with their times where there are any
   * @param workers stay the caller's
   */
  ItemWeights learn(SparseMatrix rows, Histories histories, Workers workers);
}
