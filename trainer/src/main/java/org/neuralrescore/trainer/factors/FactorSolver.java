// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.function.Supplier;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;

/**
 * A loss with a way to lower it: sweeps that can stop after any and go on, and, of the same loss,
 * the user encoder and the leaving out of one user. The same bits for any number of threads.
 */
public interface FactorSolver {

  /** k. */
  int rank();

  /** Sweeps at most. */
  int sweeps();

  /** All that decides the factors but the matrix, as a text that a checkpoint is known by. */
  String key();

  /**
   * The solver for these rows. Most take all from the matrix; one that asks who did what when is
   * told here.
   *
   * @param rows whose matrix the other methods are given
   */
  default FactorSolver on(LearningRows rows) {
    return this;
  }

  /** The start that the options name, before any sweep. */
  FactorState begin(SparseMatrix weights);

  /**
   * Goes on to a number of sweeps, or to where the solver finds no more to gain.
   *
   * @param weights [rows x items], as in {@link #begin}
   * @param from where to go on; not changed
   * @param sweeps to have done at the end, those in {@code from} included; none is left to do where
   *     {@code from} has as many
   * @param listener hears of every sweep
   * @return the factors as they stand, not reordered
   */
  FactorState advance(
      SparseMatrix weights,
      FactorState from,
      int sweeps,
      SweepListener listener,
      Progress progress);

  /**
   * The same solver, but that it begins where items stand already.
   *
   * @param items as {@link #served} gave them, of the same rank, one a column; a row of zeros is of
   *     an item that is not known, which begins as ever
   */
  default FactorSolver startingAt(FactorMatrix items) {
    return new GoingOnSolver(this, items);
  }

  /**
   * The factors to begin at: items as they are known, and users at zero, since the first half-sweep
   * solves them from the items.
   *
   * @param own the solver's own start, for the items that are not known; not changed
   * @param items as in {@link #startingAt}
   */
  default Factors goingOn(Factors own, FactorMatrix items) {
    int rank = own.rank();
    double[] start = own.columns().clone();
    for (int item = 0; item < items.rows(); item++) {
      if (!items.isZero(item)) {
        for (int f = 0; f < rank; f++) {
          start[item * rank + f] = items.values()[item * rank + f];
        }
      }
    }
    return new Factors(rank, new double[own.rows().length], start);
  }

  /** Factorises from its own start. */
  default FactorResult fit(SparseMatrix weights, Progress progress) {
    FactorState state = advance(weights, begin(weights), sweeps(), SweepListener.none(), progress);
    return new FactorResult(ordered(state.factors()), state.objective());
  }

  /** The order in which factors are given out: not that of the random start. */
  default Factors ordered(Factors factors) {
    return factors.byShare();
  }

  /**
   * The items as they are stored and scored.
   *
   * @return float32 [items x width], the width being k but where items have two sides
   */
  default FactorMatrix served(Factors factors) {
    return factors.columnMatrix();
  }

  /**
   * The fold-in of the same loss, one user at a time, the items fixed.
   *
   * @param items as {@link #served} gave them
   */
  FoldIn foldIn(FactorMatrix items, EncoderOptions encoder);

  /**
   * What items would be without one of their users.
   *
   * @param rows that the factors were learned from
   * @return gives one instance a thread
   */
  Supplier<ItemsWithoutUser> itemsWithoutUser(Factors factors, LearningRows rows);
}
