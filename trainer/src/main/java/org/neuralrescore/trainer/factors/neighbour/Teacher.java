// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Which item-to-item weights factors are taught to rank by. Equal ones learn the same. */
public interface Teacher {

  /**
   * Learns.
   *
   * @param rows [rows x items] that are factorised
   * @param histories of the same interactions, with their times where there are any
   * @param workers stay the caller's
   */
  ItemWeights learn(SparseMatrix rows, Histories histories, Workers workers);
}
