// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.classical.ClassicalOptions;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;

/**
 * Options of {@link NeighbourSolver}: the item-to-item weights themselves, factorised, where {@link
 * DistilledOptions} teaches factors to rank as they do.
 *
 * @param classical rank, sweeps, seed, penalties and start of the factorisation
 * @param neighbours options of the weights
 */
@RecordBuilder
public record WeightFactorOptions(ClassicalOptions classical, NeighbourOptions neighbours)
    implements FactorOptions, WeightFactorOptionsBuilder.With {

  /** The method: beaten by {@link DistilledOptions#DISTILLED} or level with it on all data seen. */
  public static final FactorMethod METHOD =
      new FactorMethod(
          "neighbours",
          "regressed item-to-item weights, factorised by accelerated HALS; items have two sides",
          "Steck 2019, Embarrassingly Shallow Autoencoders for Sparse Data; Kabbur et al. 2013,"
              + " FISM",
          FactorMethod.Standing.FORMER,
          defaults(),
          settings());

  /** The documented defaults. */
  public static WeightFactorOptions defaults() {
    return new WeightFactorOptions(ClassicalOptions.defaults(), NeighbourOptions.defaults());
  }

  private static List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    settings.add(
        Setting.<WeightFactorOptions>whole(
                "neighbours",
                "N",
                "Items whose evidence counts for an item, the strongest ones",
                o -> o.neighbours().neighbours(),
                (o, n) -> o.withNeighbours(o.neighbours().withNeighbours(n)))
            .tried("20", "50", "100"));
    settings.add(
        Setting.<WeightFactorOptions>number(
                "neighbour-lambda",
                "Interactions at which an item's evidence counts by half",
                o -> o.neighbours().lambda(),
                (o, x) -> o.withNeighbours(o.neighbours().withLambda(x)))
            .tried("10", "30", "100", "300"));
    settings.add(Setting.rank());
    settings.addAll(
        ClassicalOptions.penalties(
            WeightFactorOptions::classical, WeightFactorOptions::withClassical));
    settings.add(Setting.sweeps("Alternations at most"));
    return settings;
  }

  @Override
  public FactorMethod method() {
    return METHOD;
  }

  @Override
  public int rank() {
    return classical.rank();
  }

  @Override
  public int sweeps() {
    return classical.sweeps();
  }

  @Override
  public long seed() {
    return classical.seed();
  }

  @Override
  public WeightFactorOptions with(int rank, int sweeps, long seed) {
    return withClassical(classical.with(rank, sweeps, seed));
  }

  @Override
  public String loss() {
    return "neighbour-weights";
  }

  @Override
  public int width() {
    return 2 * rank();
  }

  @Override
  public FactorSolver solver(Workers workers, LearnedWeights learned) {
    return new NeighbourSolver(classical.nmf(), neighbours, workers);
  }

  @Override
  public double sweepWork(double rows, double items, double cells) {
    return classical.sweepWork(rows, items, items * Math.min(items, neighbours.neighbours()));
  }
}
