// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.scorer.ScorerChoice;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.ScorerTraining;

/**
 * Times the training of the scorer, whole epochs of it: drawing negatives, forward, backward and
 * Adam. A row is an example, a positive or one of its negatives.
 *
 * <p>"64-32-16-8" is a network of hidden layers 32, 16 and 8 under one output, over factors of rank
 * 32: each row brings 64 inputs of its own, the item's factors and their products with the user's.
 * The user's 32 factors are inputs too; a positive and its four negatives share them. The dot path
 * beside the network is trained in the same steps.
 */
final class ScorerBench {
  private static final int RANK = 32;
  private static final List<Integer> HIDDEN = List.of(32, 16, 8);
  private static final int USER_LENGTH = 30;
  private static final int ITEM_LENGTH = 60;
  private static final int MIN_ITEMS = 256;
  private static final int EXAMPLES = 100_000;
  private static final int WARM_UP = 2;

  private ScorerBench() {}

  /**
   * Trains over factors of generated interactions.
   *
   * @param interactions of 30 a user and 60 an item; their next items are the positives, at most
   *     100,000
   * @param epochs timed, behind two that warm the compiler up
   */
  static SolverBenchReport.ScorerRows run(
      int interactions, int epochs, long seed, Workers workers) {
    int items = Math.max(MIN_ITEMS, interactions / ITEM_LENGTH);
    Histories histories =
        Histories.ofRows(
            PowerLawMatrix.generate(interactions / USER_LENGTH, items, interactions, seed));
    ImplicitAlsOptions factors =
        ImplicitAlsOptions.defaults().withRank(RANK).withSweeps(2).withSeed(seed);
    FactorModel model =
        FactorModel.learn(
            histories, factors, 4, HistoryWeighting.uniform(), workers, Progress.none());
    ScorerOptions options = ScorerOptions.defaults().withHidden(HIDDEN).withMaxExamples(EXAMPLES);
    ScorerChoice choice =
        new ScorerChoice(
            ScorerChoice.Variant.NETWORK, WARM_UP + epochs, 0, 0, 0, "its training is timed");
    SweepClock clock = new SweepClock();
    new ScorerTraining(options, workers, seed).train(choice, model, clock);
    List<Double> all = clock.sweepSeconds();
    List<Double> seconds = new ArrayList<>(all.subList(WARM_UP, all.size()));
    int positives = Math.min(EXAMPLES, histories.size() - histories.userCount());
    long rows = (long) positives * (options.negatives() + 1);
    Timings timings = Timings.of(seconds);
    return new SolverBenchReport.ScorerRows(
        "64-32-16-8", options.batchRows(), rows, timings, rows / timings.median());
  }
}
