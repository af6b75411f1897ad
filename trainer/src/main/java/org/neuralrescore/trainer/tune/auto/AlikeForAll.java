// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.eval.Choice;
import org.neuralrescore.trainer.eval.RankingReport;

/**
 * The simplest model of all: one factor, by which everybody's items stand in one order, near to
 * that of popularity. Where nothing that was found is likely better on validation cases, what was
 * found is the luckiest of many candidates, and ranks other cases worse than popularity does.
 */
final class AlikeForAll {

  private AlikeForAll() {}

  /**
   * What ships in place of all that was found; empty where something is likely better, or where the
   * time left something on other cases, which cannot be compared and so stays.
   *
   * @param one the trial of one factor with all its sweeps
   * @param found at least one
   */
  static Optional<FactorSearch.Winner> unbeaten(
      AutoTrial one, List<RankingReport> found, long seed) {
    if (found.stream().anyMatch(report -> report.cases().size() != one.cases())) {
      return Optional.empty();
    }
    List<RankingReport> candidates = new ArrayList<>(List.of(one.report()));
    candidates.addAll(found);
    // Not as sure as elsewhere: people differ in most data, of which a few dozen cases tell little,
    // and one order for all costs more there than a lucky candidate does where they do not.
    Choice choice = Choice.among(candidates, Choice.LIKELY, seed);
    return choice.beaten()
        ? Optional.empty()
        : Optional.of(new FactorSearch.Winner((AutoCandidate) one.candidate(), choice, false));
  }
}
