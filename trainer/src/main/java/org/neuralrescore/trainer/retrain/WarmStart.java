package org.neuralrescore.trainer.retrain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.nmf.FactorSolver;
import org.neuralrescore.trainer.nmf.FactorState;
import org.neuralrescore.trainer.nmf.Factors;
import org.neuralrescore.trainer.nmf.SolverOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/**
 * Where factors begin that go on from a former generation: its items keep their factors, new items
 * start at random and small, and users start at zero, since the first half-sweep solves them from
 * the items.
 */
final class WarmStart {
  private WarmStart() {}

  /**
   * The start.
   *
   * @param items of the new data, in its columns' order
   */
  static FactorState of(Bundle former, Ids items, FactorSolver solver, SparseMatrix weights) {
    FactorState random = solver.begin(weights);
    int rank = solver.rank();
    double[] start = random.factors().items();
    for (int item = 0; item < items.size(); item++) {
      OptionalInt row = former.items().row(items.get(item));
      if (row.isPresent() && !former.itemFactors().isZero(row.getAsInt())) {
        for (int f = 0; f < rank; f++) {
          start[item * rank + f] = former.itemFactors().values()[row.getAsInt() * rank + f];
        }
      }
    }
    double[] users = new double[weights.rowCount() * rank];
    return new FactorState(new Factors(rank, users, start), List.of());
  }

  /** The former generation where factors can go on from it: one of the same rank and loss. */
  static Optional<Bundle> usable(Optional<Bundle> former, TrainingOptions training) {
    return former.filter(
        bundle ->
            bundle.manifest().rank() == training.factors().rank()
                && loss(bundle).equals(training.solver().loss()));
  }

  /** What keeps factors from going on from a generation, for a person. */
  static String difference(Bundle bundle, TrainingOptions training) {
    int rank = bundle.manifest().rank();
    return rank == training.factors().rank()
        ? "the deployed generation has loss "
            + loss(bundle)
            + ", this run "
            + training.solver().loss()
        : "the deployed generation has rank " + rank + ", this run " + training.factors().rank();
  }

  /** The loss that a generation's factors minimise. */
  private static String loss(Bundle bundle) {
    return bundle.manifest().provenance().get("options") instanceof Map<?, ?> options
            && options.get("solver") instanceof Map<?, ?> solver
            && solver.get("loss") instanceof String loss
        ? loss
        : SolverOptions.defaults().loss();
  }
}
