package org.neuralrescore.trainer.nmf;

import java.util.Locale;
import org.neuralrescore.trainer.nmf.solver.Initialisation;
import org.neuralrescore.trainer.nmf.solver.NmfOptions;
import org.neuralrescore.trainer.nmf.solver.Penalty;
import org.neuralrescore.trainer.parallel.Workers;

/**
 * Which loss the factors minimise, and how. Rank, sweeps, seed and what belongs to the weighted
 * implicit loss alone are in {@link ImplicitAlsOptions}.
 *
 * @param method loss and solver, default {@link FactorMethod#IMPLICIT_ALS}
 * @param penalty on both factors, of the classical losses alone: the implicit one has its own;
 *     default none
 * @param start of the classical solvers, default random
 */
public record SolverOptions(FactorMethod method, Penalty penalty, Initialisation start) {
  public SolverOptions {
    if (method.classical().isEmpty()
        && (!penalty.equals(Penalty.NONE) || start != Initialisation.RANDOM)) {
      throw new IllegalArgumentException(
          "factors by "
              + method.label()
              + " have a penalty and a start of their own; give L1, L2 and start to a classical"
              + " method, or lambda and alpha0 to this one");
    }
  }

  /** The documented defaults. */
  public static SolverOptions defaults() {
    return new SolverOptions(FactorMethod.IMPLICIT_ALS, Penalty.NONE, Initialisation.RANDOM);
  }

  /** The loss's name: factors of two losses are no start for each other. */
  public String loss() {
    return method
        .classical()
        .map(solver -> solver.loss().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .orElse("weighted-implicit");
  }

  /** Whether the loss is the weighted implicit one. */
  public boolean implicit() {
    return method.classical().isEmpty();
  }

  /**
   * The solver.
   *
   * @param factors rank, sweeps and seed, and the rest where the loss is the implicit one
   * @param workers stay the caller's
   */
  public FactorSolver of(ImplicitAlsOptions factors, Workers workers) {
    if (method.classical().isEmpty()) {
      return new ImplicitAls(factors, workers);
    }
    NmfOptions nmf =
        NmfOptions.defaults()
            .withSolver(method.classical().get())
            .withRank(factors.rank())
            .withSweeps(factors.sweeps())
            .withPenalties(penalty, penalty)
            .withInitialisation(start)
            .withSeed(factors.seed());
    return new ClassicalSolver(nmf, workers);
  }
}
