package org.neuralrescore.trainer.factors;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.interactions.SessionRule;
import org.neuralrescore.trainer.factors.neighbour.LastTaught;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.factors.neighbour.NeighbourTeacher;
import org.neuralrescore.trainer.factors.neighbour.Teacher;
import org.neuralrescore.trainer.factors.neighbour.TransitionTeacher;
import org.neuralrescore.trainer.factors.session.DistillationOptions;
import org.neuralrescore.trainer.factors.session.SessionOptions;
import org.neuralrescore.trainer.factors.solver.Initialisation;
import org.neuralrescore.trainer.factors.solver.NmfOptions;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import org.neuralrescore.trainer.factors.solver.Penalty;

/**
 * Which loss the factors minimise, and how. Rank, sweeps, seed and what belongs to the weighted
 * implicit loss alone are in {@link ImplicitAlsOptions}.
 *
 * @param method loss and solver, default {@link FactorMethod#IMPLICIT_ALS}
 * @param penalty on both factors, of the classical losses alone: the implicit one has its own;
 *     default none
 * @param start of the classical solvers, default random
 * @param neighbours of the item-to-item weights, of {@link FactorMethod#NEIGHBOURS} and the
 *     distilled ones
 * @param sessions of {@link FactorMethod#SESSION_SOFTMAX} alone; rank, epochs and seed are those of
 *     the run
 * @param distillation of the distilled ones alone; rank, epochs and seed are those of the run
 */
@RecordBuilder
public record SolverOptions(
    FactorMethod method,
    Penalty penalty,
    Initialisation start,
    NeighbourOptions neighbours,
    SessionOptions sessions,
    DistillationOptions distillation)
    implements SolverOptionsBuilder.With {
  /**
   * Validation NDCG@10 of the weights themselves: ml-latest-small .0823 at 30 and .0833 at 100,
   * online-retail .1328 at 100 and .1337 at 300.
   */
  private static final double TRANSITION_LAMBDA = 100;

  /**
   * A history says less of the very next item than of what goes with it, so these weights are a
   * tenth of the others: at 0.03 their softmax is nearly uniform.
   */
  private static final double TRANSITION_TEMPERATURE = 0.003;

  public SolverOptions {
    if ((method.weightedImplicit() || method.softmax())
        && (!penalty.equals(Penalty.NONE) || start != Initialisation.RANDOM)) {
      throw new IllegalArgumentException(
          "factors by "
              + method.label()
              + " have a penalty and a start of their own; give L1, L2 and start to a classical"
              + " method, or "
              + (switch (method) {
                case SESSION_SOFTMAX -> "mask and shrinkage";
                case DISTILLED, TRANSITIONS -> "a neighbour lambda and a temperature";
                default -> "lambda and alpha0";
              })
              + " to this one");
    }
  }

  /** With default neighbours and sessions. */
  public SolverOptions(FactorMethod method, Penalty penalty, Initialisation start) {
    this(
        method,
        penalty,
        start,
        neighbours(method),
        SessionOptions.defaults(),
        distillation(method));
  }

  private static NeighbourOptions neighbours(FactorMethod method) {
    NeighbourOptions defaults = NeighbourOptions.defaults();
    return switch (method) {
      case DISTILLED -> defaults.withNeighbours(Integer.MAX_VALUE);
      case TRANSITIONS -> defaults.withNeighbours(Integer.MAX_VALUE).withLambda(TRANSITION_LAMBDA);
      default -> defaults;
    };
  }

  private static DistillationOptions distillation(FactorMethod method) {
    DistillationOptions defaults = DistillationOptions.defaults();
    return method == FactorMethod.TRANSITIONS
        ? defaults.withTemperature(TRANSITION_TEMPERATURE)
        : defaults;
  }

  /** The documented defaults. */
  public static SolverOptions defaults() {
    return new SolverOptions(FactorMethod.IMPLICIT_ALS, Penalty.NONE, Initialisation.RANDOM);
  }

  /** The same, for the sessions that a scheme parts, of histories that weigh so in the encoder. */
  public SolverOptions on(RowScheme rows, HistoryWeighting weighting) {
    return withSessions(
            sessions
                .withWeighting(weighting)
                .withSessions(new SessionRule(rows.sessionDays().orElse(0))))
        .withDistillation(distillation.withWeighting(weighting));
  }

  /** The width of an item's row as it is served, for k factors. */
  public int width(int rank) {
    return method.twoSided() ? 2 * rank : rank;
  }

  /** The loss's name: factors of two losses are no start for each other. */
  public String loss() {
    if (method == FactorMethod.NEIGHBOURS) {
      return "neighbour-weights";
    }
    if (method.softmax()) {
      return method.label();
    }
    return method
        .classical()
        .map(solver -> solver.loss().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .orElse("weighted-implicit");
  }

  /** Whether the loss is the weighted implicit one. */
  public boolean implicit() {
    return method.weightedImplicit();
  }

  private Teacher teacher() {
    return method == FactorMethod.TRANSITIONS
        ? new TransitionTeacher(neighbours, distillation.weighting())
        : new NeighbourTeacher(neighbours);
  }

  /**
   * The solver.
   *
   * @param factors rank, sweeps and seed, and the rest where the loss is the implicit one
   * @param workers stay the caller's
   */
  public FactorSolver of(ImplicitAlsOptions factors, Workers workers) {
    return of(factors, workers, new LastTaught());
  }

  /**
   * As above, one of several solvers.
   *
   * @param taught shared by those that may have the same teacher
   */
  public FactorSolver of(ImplicitAlsOptions factors, Workers workers, LastTaught taught) {
    if (method.weightedImplicit()) {
      return new ImplicitAls(factors, workers);
    }
    if (method == FactorMethod.SESSION_SOFTMAX) {
      return new SessionSolver(
          sessions.withRank(factors.rank()).withEpochs(factors.sweeps()).withSeed(factors.seed()),
          workers);
    }
    if (method.distilled()) {
      return new DistilledSolver(
          teacher(),
          distillation
              .withRank(factors.rank())
              .withEpochs(factors.sweeps())
              .withSeed(factors.seed()),
          workers,
          taught);
    }
    NmfOptions nmf =
        NmfOptions.defaults()
            .withSolver(method.classical().orElse(NmfSolver.ACCELERATED_HALS))
            .withRank(factors.rank())
            .withSweeps(factors.sweeps())
            .withPenalties(penalty, penalty)
            .withInitialisation(start)
            .withSeed(factors.seed());
    return method == FactorMethod.NEIGHBOURS
        ? new NeighbourSolver(nmf, neighbours, workers)
        : new ClassicalSolver(nmf, workers);
  }
}
