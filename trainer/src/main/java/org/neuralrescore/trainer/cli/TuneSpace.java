// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.pipeline.DataDemands;
import org.neuralrescore.trainer.pipeline.OptionDemands;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.tune.Axis;
import org.neuralrescore.trainer.tune.SearchSpace;
import org.neuralrescore.trainer.tune.TrialOptions;

/**
 * What {@code tune} searches: the space of a method, changed by what was typed, of which {@code
 * train} takes every value.
 *
 * @param space before the data is known
 * @param recencyTyped whether a person said what histories may weigh
 */
record TuneSpace(SearchSpace space, boolean recencyTyped) {
  /**
   * Reads it.
   *
   * @param typed values by the names of options
   * @throws UserError of kind USAGE where {@code train} would refuse an option or a value
   */
  static TuneSpace of(TrainingOptions base, Map<String, String> typed) {
    FactorMethod method = base.factors().method();
    SearchSpace searched = SearchSpace.defaults(method);
    for (Map.Entry<String, String> named : typed.entrySet()) {
      Axis axis = Axis.named(method, named.getKey()).orElseThrow(() -> none(method, named));
      searched = searched.with(axis, SearchSpace.values(axis, named.getValue()));
    }
    TuneSpace space = new TuneSpace(searched, typed.containsKey(Axis.RECENCY.label()));
    space.each(base).forEach(OptionDemands::require);
    return space;
  }

  private static IllegalArgumentException none(
      FactorMethod method, Map.Entry<String, String> named) {
    return new IllegalArgumentException(
        "--space expects one of "
            + Axis.all(method).stream().map(Axis::label).collect(Collectors.joining(", "))
            + " for --factors "
            + method.label()
            + ", got ["
            + named.getKey()
            + "]");
  }

  /**
   * What of it some data can tell apart: recency stays as it was given where there are no times.
   *
   * @throws UserError of kind INPUT where the data does not have what a value asks for
   */
  SearchSpace on(Interactions data, TrainingOptions base) {
    DataDemands.require(data, base);
    if (!data.timed() && !recencyTyped) {
      return space.without(Axis.RECENCY);
    }
    List<TrainingOptions> each = each(base);
    DataDemands.requireTimes(
        data, each.stream().anyMatch(one -> one.weighting().floor() < 1), "--space recency");
    each.forEach(one -> DataDemands.require(data, one));
    return space;
  }

  /** The candidate to beat, as a trial has it. */
  static TrialOptions trial(TrainingOptions base) {
    return new TrialOptions(base.factors(), base.rows(), base.encoder(), base.scorer());
  }

  private List<TrainingOptions> each(TrainingOptions base) {
    try {
      return space.each(trial(base)).stream()
          .map(
              one ->
                  base.withFactors(one.factors())
                      .withWeighting(one.encoder().weighting())
                      .withScorer(one.scorer()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, "--space: " + e.getMessage(), e);
    }
  }
}
