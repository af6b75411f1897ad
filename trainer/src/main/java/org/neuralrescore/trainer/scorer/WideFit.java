// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorModel;
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
record WideFit(WideModel served, CrossFitted examples, Blend blend) {

  static WideFit learn(FactorModel model, WideChoice choice, Workers workers, Progress progress) {
    WideOptions how = choice.options();
    long units = LocalRidge.units(model.learned(), how);
    try (Progress.Task task = progress.start("weights", units * (1 + how.folds()))) {
      return new WideFit(
          served(model, how, workers, task),
          CrossFitted.learn(model.learned(), model.encoder().weighting(), how, workers, task),
          choice.blend());
    }
  }

  /** The same in another blend. */
  WideFit in(Blend other) {
    return new WideFit(served, examples, other);
  }

  /** What is served, without what examples see. */
  static WideModel served(FactorModel model, WideOptions how, Workers workers) {
    return served(model, how, workers, Progress.silent());
  }

  private static WideModel served(
      FactorModel model, WideOptions how, Workers workers, Progress.Task task) {
    HistoryWeighting weighting = model.encoder().weighting();
    return new WideModel(
        LocalRidge.learn(model.learned(), weighting, how, workers, task),
        new WideHistories(weighting, how.history()));
  }
}
