// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.classical;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.factors.solver.Initialisation;
import org.neuralrescore.trainer.factors.solver.NmfLoss;
import org.neuralrescore.trainer.factors.solver.NmfOptions;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import org.neuralrescore.trainer.factors.solver.Penalty;

/**
 * Options of {@link ClassicalSolver}: two losses in which all cells weigh the same, and the solvers
 * of each.
 *
 * @param nmf loss, solver and the rest; the penalty on both factors is the same
 */
public record ClassicalOptions(NmfOptions nmf) implements FactorOptions {
  /** The method. */
  public static final FactorMethod METHOD =
      new FactorMethod(
          "nmf",
          "a classical loss over all cells alike (--loss), by one of its solvers (--solver)",
          "Lee and Seung 2001, Algorithms for Non-negative Matrix Factorization; Gillis and"
              + " Glineur 2012, Accelerated Multiplicative Updates and HALS for NMF",
          FactorMethod.Standing.OFFERED,
          defaults(),
          Stream.of(
                  List.of(
                      Setting.rank(),
                      Setting.choice(
                          "loss",
                          "What is minimised",
                          List.of(NmfLoss.values()),
                          ClassicalOptions::label,
                          (ClassicalOptions o) -> o.nmf().solver().loss(),
                          ClassicalOptions::withLoss),
                      Setting.choice(
                          "solver",
                          "How the loss is minimised",
                          List.of(NmfSolver.values()),
                          NmfSolver::label,
                          (ClassicalOptions o) -> o.nmf().solver(),
                          ClassicalOptions::withSolver)),
                  penalties(Function.<ClassicalOptions>identity(), (o, changed) -> changed),
                  List.of(Setting.sweeps("Alternations at most")))
              .flatMap(List::stream)
              .toList());

  /** The documented defaults: squared error by accelerated HALS. */
  public static ClassicalOptions defaults() {
    return new ClassicalOptions(NmfOptions.defaults());
  }

  /** The defaults of a solver and its loss. */
  public static ClassicalOptions of(NmfSolver solver) {
    return defaults().withSolver(solver);
  }

  /** The same loss by another solver, or another loss with it. */
  public ClassicalOptions withSolver(NmfSolver solver) {
    return new ClassicalOptions(nmf.withSolver(solver));
  }

  /** The same with another loss, by that loss's usual solver. */
  public ClassicalOptions withLoss(NmfLoss loss) {
    return loss == nmf.solver().loss()
        ? this
        : withSolver(
            loss == NmfLoss.SQUARED_ERROR
                ? NmfSolver.ACCELERATED_HALS
                : NmfSolver.KL_COORDINATE_DESCENT);
  }

  /** The same with a penalty on both factors. */
  public ClassicalOptions withPenalty(Penalty penalty) {
    return new ClassicalOptions(nmf.withPenalties(penalty, penalty));
  }

  /** Penalty and start, as settings of whoever factorises so. */
  public static <O extends FactorOptions> List<Setting> penalties(
      Function<O, ClassicalOptions> get, BiFunction<O, ClassicalOptions, O> set) {
    return List.of(
        Setting.<O>number(
                "l1",
                "What a unit of every factor costs",
                o -> get.apply(o).nmf().rowPenalty().l1(),
                (o, x) -> {
                  ClassicalOptions own = get.apply(o);
                  return set.apply(o, own.withPenalty(new Penalty(x, own.nmf().rowPenalty().l2())));
                })
            .tried("0", "0.1"),
        Setting.<O>number(
                "l2",
                "What half a square of every factor costs",
                o -> get.apply(o).nmf().rowPenalty().l2(),
                (o, x) -> {
                  ClassicalOptions own = get.apply(o);
                  return set.apply(o, own.withPenalty(new Penalty(own.nmf().rowPenalty().l1(), x)));
                })
            .tried("0", "0.1", "1"),
        Setting.<O, Initialisation>choice(
            "start",
            "Where factors begin",
            List.of(Initialisation.values()),
            ClassicalOptions::label,
            o -> get.apply(o).nmf().initialisation(),
            (o, start) ->
                set.apply(o, new ClassicalOptions(get.apply(o).nmf().withInitialisation(start)))));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public FactorMethod method() {
    return METHOD;
  }

  @Override
  public int rank() {
    return nmf.rank();
  }

  @Override
  public int sweeps() {
    return nmf.sweeps();
  }

  @Override
  public long seed() {
    return nmf.seed();
  }

  @Override
  public ClassicalOptions with(int rank, int sweeps, long seed) {
    return new ClassicalOptions(nmf.withRank(rank).withSweeps(sweeps).withSeed(seed));
  }

  @Override
  public String loss() {
    return label(nmf.solver().loss());
  }

  @Override
  public FactorSolver solver(Workers workers, LearnedWeights learned) {
    return new ClassicalSolver(nmf, workers);
  }

  @Override
  public double sweepWork(double rows, double items, double cells) {
    return 4 * cells * rank() + 2 * (rows + items) * rank() * rank();
  }
}
