// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.wide.CrossFitted;
import org.neuralrescore.trainer.wide.LocalRidge;
import org.neuralrescore.trainer.wide.WideHistories;
import org.neuralrescore.trainer.wide.WideModel;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * What histories say of items, learned from what a model learned from.
 *
 * @param served as searches ask it
 * @param examples as examples see it: by weights without their user
 * @param blend of the dot product with it
 */
record Told(WideModel served, CrossFitted examples, Blend blend) {

  static Told learn(FactorModel model, WideChoice choice, Workers workers, Progress progress) {
    try (Progress.Task task = progress.start("wide", 2)) {
      WideOptions how = choice.options();
      WideModel served = served(model, how, workers);
      task.advance(1);
      CrossFitted examples =
          CrossFitted.learn(model.learned(), model.encoder().weighting(), how, workers);
      task.advance(1);
      return new Told(served, examples, choice.blend());
    }
  }

  /** The same in another blend. */
  Told in(Blend other) {
    return new Told(served, examples, other);
  }

  /** What is served, without what examples see. */
  static WideModel served(FactorModel model, WideOptions how, Workers workers) {
    HistoryWeighting weighting = model.encoder().weighting();
    return new WideModel(
        LocalRidge.learn(model.learned(), weighting, how, workers),
        new WideHistories(weighting, how.history()));
  }

  /**
   * A scorer of what histories say and of the dot product beside it, fitted to examples.
   *
   * @param context the columns of a request that it has inputs for
   */
  ScorerWeights linear(
      FactorModel model,
      PositiveExamples positives,
      Blend blend,
      ScorerOptions options,
      List<ContextColumn> context,
      long seed) {
    Calibration calibration =
        DotCalibration.calibrate(
            positives,
            model.encoder().items(),
            examples,
            blend,
            new NegativeSampler(model.learned(), options.sampling()),
            options.negatives(),
            new SplittableRandom(seed));
    return new ScorerWeights(
        model.encoder().items().rank(),
        calibration.scale(),
        calibration.bias(),
        calibration.wide(),
        List.of(),
        new ScorerInputs(List.of(), context).withWide());
  }
}
