// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryPace;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.distilled.DistilledOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * What can win: item-to-item weights of what goes together and, where there are times, of what
 * comes next; weighted implicit factors at three weights of what nobody touched, which must follow
 * how sparse the data is; and factors taught to rank as whole item-to-item matrices do.
 *
 * @param rank k of all candidates, where a person gave it
 * @param weighting of all candidates, where a person gave it
 * @param wide from where item-to-item weights are looked for; empty where a person gave them
 * @param values what an interaction weighs by itself, where no weighting was given
 * @param inOrder whether the order of a history says what came first even where it has no times
 */
public record AutoSpace(
    OptionalInt rank,
    Optional<HistoryWeighting> weighting,
    Optional<WideOptions> wide,
    CellValues values,
    boolean inOrder) {
  private static final double[] ALPHA0 = {0.1, 0.01, 0.001};

  /** The simplest, in the order in which they are tried. */
  List<AutoCandidate> simple(List<HistoryWeighting> weightings) {
    List<AutoCandidate> candidates = new ArrayList<>();
    for (double alpha0 : ALPHA0) {
      for (HistoryWeighting one : weightings) {
        candidates.add(
            new AutoCandidate(ranked(ImplicitAlsOptions.defaults().withAlpha0(alpha0)), one));
      }
    }
    return candidates;
  }

  /** Whether what comes next is told apart from what goes together. */
  boolean times(Histories histories) {
    return inOrder
        || weighting.filter(given -> given.floor() < 1).isPresent()
        || HistoryPace.weightings(histories, values).size() > 1;
  }

  /** Those that learn from item-to-item weights, each with each of some weightings. */
  List<AutoCandidate> taught(List<HistoryWeighting> weightings, boolean times) {
    List<AutoCandidate> candidates = new ArrayList<>();
    for (HistoryWeighting one : weightings) {
      candidates.add(new AutoCandidate(ranked(DistilledOptions.defaults()), one));
      if (times) {
        candidates.add(new AutoCandidate(ranked(DistilledOptions.transitions()), one));
      }
    }
    return candidates;
  }

  /** One factor, where no rank was given. */
  Optional<AutoCandidate> alike(HistoryWeighting one) {
    return rank.isPresent()
        ? Optional.empty()
        : Optional.of(new AutoCandidate(ImplicitAlsOptions.defaults().withRank(1), one));
  }

  /** Whether twice the factors are tried: where no rank was given, and there is time. */
  boolean wider(boolean patient) {
    return patient && rank.isEmpty();
  }

  private FactorOptions ranked(FactorOptions options) {
    return rank.isPresent() ? options.ofRank(rank.getAsInt()) : options;
  }

  /** What a history's interactions may weigh. */
  List<HistoryWeighting> weightings(Histories histories) {
    return weighting.map(List::of).orElseGet(() -> HistoryPace.weightings(histories, values));
  }
}
