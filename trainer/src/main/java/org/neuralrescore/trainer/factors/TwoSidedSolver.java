// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.function.Supplier;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.NeighbourFoldIn;

/**
 * A solver whose items have two sides ({@link NeighbourFoldIn}): in its {@link Factors} the rows of
 * W are items too, in the same order as those of H.
 */
public interface TwoSidedSolver extends FactorSolver {

  /** What makes the evidence vector {@code u_i} of the item's row of W. */
  default double evidenceScale(int item) {
    return 1;
  }

  /** Rows {@code [v_j, u_j]}, of width 2 k. */
  @Override
  default FactorMatrix served(Factors factors) {
    int rank = factors.rank();
    int items = factors.columns().length / rank;
    float[] rows = new float[items * 2 * rank];
    for (int item = 0; item < items; item++) {
      double scale = evidenceScale(item);
      for (int f = 0; f < rank; f++) {
        rows[item * 2 * rank + f] = (float) factors.columns()[item * rank + f];
        rows[item * 2 * rank + rank + f] = (float) (scale * factors.rows()[item * rank + f]);
      }
    }
    return new FactorMatrix(items, 2 * rank, rows);
  }

  @Override
  default Factors goingOn(Factors own, FactorMatrix items) {
    int rank = own.rank();
    double[] evidence = own.rows().clone();
    double[] offers = own.columns().clone();
    for (int item = 0; item < items.rows(); item++) {
      if (!items.isZero(item)) {
        double scale = evidenceScale(item);
        for (int f = 0; f < rank; f++) {
          offers[item * rank + f] = items.values()[item * 2 * rank + f];
          evidence[item * rank + f] = items.values()[item * 2 * rank + rank + f] / scale;
        }
      }
    }
    return new Factors(rank, evidence, offers);
  }

  @Override
  default FoldIn foldIn(FactorMatrix items, EncoderOptions encoder) {
    return new NeighbourFoldIn(items.rank());
  }

  @Override
  default Supplier<ItemsWithoutUser> itemsWithoutUser(Factors factors, LearningRows rows) {
    FactorMatrix items = served(factors);
    SparseMatrix byItem = rows.matrix().transpose();
    return () -> new NeighboursWithoutUser(items, rows, byItem);
  }
}
