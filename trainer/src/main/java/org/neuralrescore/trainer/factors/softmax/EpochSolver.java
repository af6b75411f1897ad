// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

import java.util.List;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.TwoSidedSolver;
import org.neuralrescore.trainer.model.FactorMatrix;

/**
 * A solver that goes down a softmax: a sweep is an epoch, the objective its mean loss, which may
 * rise now and then, since no two epochs ask the same. In a {@link FactorState} the rows of W are
 * items too, in the same order.
 *
 * <p>A state holds neither momentum nor place in the learning rate's course, so whoever goes on
 * from one before the end learns anew from the solver's start, to the same bits.
 */
public interface EpochSolver extends TwoSidedSolver {

  /**
   * Learns from the start, and stops after some epochs as a run of all of them stands there.
   *
   * @param listener is given the items after every epoch, new ones each time
   */
  TwoSidedItems run(
      SparseMatrix weights, int epochs, Consumer<TwoSidedItems> listener, Progress progress);

  @Override
  default FactorState begin(SparseMatrix weights) {
    return state(run(weights, 0, items -> {}, Progress.none()));
  }

  @Override
  default FactorState advance(
      SparseMatrix weights,
      FactorState from,
      int sweeps,
      SweepListener listener,
      Progress progress) {
    if (from.sweeps() >= sweeps) {
      return from;
    }
    return state(
        run(
            weights,
            sweeps,
            items -> {
              if (items.losses().size() > from.sweeps()) {
                listener.swept(state(items));
              }
            },
            progress));
  }

  /** Sides as factors: W are evidence vectors, H the items' own. */
  private static FactorState state(TwoSidedItems items) {
    return new FactorState(
        new Factors(items.rank(), widened(items.evidence()), widened(items.factors())),
        items.losses());
  }

  /** Rows {@code [v_j, u_j]} as sides. */
  static TwoSidedItems sides(FactorMatrix items) {
    int rank = items.rank() / 2;
    float[] offers = new float[items.rows() * rank];
    float[] evidence = new float[offers.length];
    for (int item = 0; item < items.rows(); item++) {
      System.arraycopy(items.values(), item * 2 * rank, offers, item * rank, rank);
      System.arraycopy(items.values(), item * 2 * rank + rank, evidence, item * rank, rank);
    }
    return new TwoSidedItems(rank, offers, evidence, List.of());
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
