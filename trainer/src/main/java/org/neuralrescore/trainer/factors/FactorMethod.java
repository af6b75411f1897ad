package org.neuralrescore.trainer.factors;

import java.util.Optional;
import org.neuralrescore.trainer.factors.solver.NmfSolver;

/** The ways to factors: a loss and a solver each, by the name that a person gives. */
public enum FactorMethod {
  /** Every row's factors at once. */
  IMPLICIT_ALS(
      "implicit-als",
      "weighted implicit squared error by non-negative alternating least squares",
      "Hu, Koren and Volinsky 2008; Rendle et al. 2021, Revisiting the Performance of iALS"),
  /** A block of factors at a time, for ranks of 128 and more. */
  IALS_PLUS_PLUS(
      "ials++",
      "the same loss in blocks of factors (--block), for ranks of 128 and more",
      "Rendle et al. 2021, iALS++: Speeding up Matrix Factorization with Subspace Optimization"),
  /** Item-to-item weights, factorised: see {@link NeighbourSolver}. */
  NEIGHBOURS(
      "neighbours",
      "regressed item-to-item weights, factorised by accelerated HALS; items have two sides",
      "Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data; Kabbur et al. 2013, FISM"),
  /** Factors that were taught to rank as neighbours do: see {@link DistilledSolver}. */
  DISTILLED(
      "distilled",
      "factors taught to rank as those weights do; items have two sides",
      "Hinton, Vinyals and Dean 2015, Distilling the Knowledge in a Neural Network; Tang and Wang"
          + " 2018, Ranking Distillation; Steck 2019"),
  /** The same, taught to rank by what comes next: see {@link DistilledSolver}. */
  TRANSITIONS(
      "transitions",
      "factors taught to rank as regressed transitions do, from all that was touched before to"
          + " what came next; items have two sides",
      "Choi et al. 2021, Session-aware Linear Item-Item Models for Session-based Recommendation;"
          + " Ding, Li and Jordan 2010, Convex and Semi-Nonnegative Matrix Factorizations; Tang and"
          + " Wang 2018"),
  /** Items of two sides that find what is hidden of a session: see {@link SessionSolver}. */
  SESSION_SOFTMAX(
      "session-softmax",
      "a softmax over all items for what is hidden of a session; items have two sides",
      "Liang et al. 2018, Variational Autoencoders for Collaborative Filtering (Mult-DAE); Kabbur"
          + " et al. 2013, FISM; Steck 2020, Autoencoders that don't overfit towards the Identity"),
  /** See {@link NmfSolver#KL_COORDINATE_DESCENT}. */
  KL_COORDINATE_DESCENT("kl-cd", NmfSolver.KL_COORDINATE_DESCENT),
  /** See {@link NmfSolver#KL_MULTIPLICATIVE}. */
  KL_MULTIPLICATIVE("kl-mu", NmfSolver.KL_MULTIPLICATIVE),
  /** See {@link NmfSolver#ACCELERATED_HALS}. */
  ACCELERATED_HALS("a-hals", NmfSolver.ACCELERATED_HALS),
  /** See {@link NmfSolver#EXTRAPOLATED_HALS}. */
  EXTRAPOLATED_HALS("e-a-hals", NmfSolver.EXTRAPOLATED_HALS),
  /** See {@link NmfSolver#HALS}. */
  HALS("hals", NmfSolver.HALS),
  /** See {@link NmfSolver#ANLS}. */
  ANLS("anls", NmfSolver.ANLS),
  /** See {@link NmfSolver#SQUARED_MULTIPLICATIVE}. */
  SQUARED_MULTIPLICATIVE("mu", NmfSolver.SQUARED_MULTIPLICATIVE);

  private final String label;
  private final String summary;
  private final String paper;

  @SuppressWarnings("ImmutableEnumChecker") // An Optional of an enum constant.
  private final Optional<NmfSolver> classical;

  FactorMethod(String label, String summary, String paper) {
    this.label = label;
    this.summary = summary;
    this.paper = paper;
    this.classical = Optional.empty();
  }

  FactorMethod(String label, NmfSolver solver) {
    this.label = label;
    this.summary = solver.summary();
    this.paper = solver.paper();
    this.classical = Optional.of(solver);
  }

  /** Its name in options and reports, such as {@code kl-cd}. */
  public String label() {
    return label;
  }

  /** What it does, in one line. */
  public String summary() {
    return summary;
  }

  /** Authors, year and title. */
  public String paper() {
    return paper;
  }

  /** The solver of a loss in which all cells of the data weigh the same; empty for the others. */
  public Optional<NmfSolver> classical() {
    return classical;
  }

  /** Whether it learns item-to-item weights first. */
  public boolean itemWeights() {
    return this == NEIGHBOURS || distilled();
  }

  /** Whether its items have two sides, what they offer and what having touched them says. */
  public boolean twoSided() {
    return itemWeights() || softmax();
  }

  /** Whether its factors are taught to rank as item-to-item weights do. */
  public boolean distilled() {
    return this == DISTILLED || this == TRANSITIONS;
  }

  /** Whether it goes down a softmax in epochs instead of sweeping to a least error. */
  public boolean softmax() {
    return this == SESSION_SOFTMAX || distilled();
  }

  /** Whether the loss is the weighted implicit one. */
  public boolean weightedImplicit() {
    return this == IMPLICIT_ALS || this == IALS_PLUS_PLUS;
  }

  /** The method of a name. */
  public static Optional<FactorMethod> named(String label) {
    for (FactorMethod method : values()) {
      if (method.label.equals(label)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
