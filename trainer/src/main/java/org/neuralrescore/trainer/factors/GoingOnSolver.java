// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;

/**
 * A solver that begins where items stand already.
 *
 * @param solver does all but begin
 * @param items as the solver's {@link #served} gave them
 */
record GoingOnSolver(FactorSolver solver, FactorMatrix items) implements FactorSolver {
  @Override
  public FactorSolver on(LearningRows rows) {
    return new GoingOnSolver(solver.on(rows), items);
  }

  @Override
  public int rank() {
    return solver.rank();
  }

  @Override
  public int sweeps() {
    return solver.sweeps();
  }

  @Override
  public String key() {
    return solver.key();
  }

  @Override
  public FactorState begin(SparseMatrix weights) {
    Factors own = solver.begin(weights).factors();
    return new FactorState(solver.goingOn(own, items), List.of());
  }

  @Override
  public FactorState advance(
      SparseMatrix weights,
      FactorState from,
      int sweeps,
      SweepListener listener,
      Progress progress) {
    return solver.advance(weights, from, sweeps, listener, progress);
  }

  @Override
  public Factors ordered(Factors factors) {
    return solver.ordered(factors);
  }

  @Override
  public FactorMatrix served(Factors factors) {
    return solver.served(factors);
  }

  @Override
  public FoldIn foldIn(FactorMatrix served, EncoderOptions encoder) {
    return solver.foldIn(served, encoder);
  }

  @Override
  public Supplier<ItemsWithoutUser> itemsWithoutUser(Factors factors, LearningRows rows) {
    return solver.itemsWithoutUser(factors, rows);
  }
}
