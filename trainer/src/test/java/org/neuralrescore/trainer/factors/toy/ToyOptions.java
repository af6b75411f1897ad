// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.toy;

import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;

/** A method that no other file knows but its test's list: all that a new one has to be. */
public record ToyOptions(int rank, int sweeps, long seed, double doubt) implements FactorOptions {
  public static final FactorMethod METHOD =
      new FactorMethod(
          "toy",
          "a method made up for a test",
          "Nobody 2026, Nothing",
          FactorMethod.Standing.OFFERED,
          new ToyOptions(4, 3, 42, 0.2),
          List.of(
              Setting.rank(),
              Setting.number(
                      "doubt",
                      "How little is thought of what was not touched",
                      ToyOptions::doubt,
                      (o, x) -> new ToyOptions(o.rank(), o.sweeps(), o.seed(), x))
                  .tried("0.1", "0.2"),
              Setting.sweeps("Rounds")));

  @Override
  public FactorMethod method() {
    return METHOD;
  }

  @Override
  public ToyOptions with(int ownRank, int ownSweeps, long ownSeed) {
    return new ToyOptions(ownRank, ownSweeps, ownSeed, doubt);
  }

  @Override
  public String loss() {
    return "toy";
  }

  @Override
  public FactorSolver solver(Workers workers, LearnedWeights learned) {
    return new ImplicitAls(
        ImplicitAlsOptions.defaults().with(rank, sweeps, seed).withAlpha0(doubt), workers);
  }

  @Override
  public double sweepWork(double rows, double items, double cells) {
    return cells * rank;
  }
}
