// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.eval.MetricInterval;

/**
 * A candidate after a number of sweeps, judged on the validation cases.
 *
 * @param number the candidate's place in the draw, from 0; 0 is the one that the search must beat
 * @param candidate its options
 * @param rung from 0
 * @param sweeps sweeps in all
 * @param ndcg NDCG at the cut-off with its interval
 * @param hitRate hit rate at the cut-off
 */
public record Trial(
    int number, Candidate candidate, int rung, int sweeps, MetricInterval ndcg, double hitRate) {

  /** Further first, then better, then earlier in the draw. */
  static final Comparator<Trial> BEST_FIRST =
      Comparator.comparingInt((Trial trial) -> -trial.rung())
          .thenComparingDouble(trial -> -trial.ndcg().mean())
          .thenComparingInt(Trial::number);

  /**
   * As flags of {@code train}: the candidate, with the sweeps of whoever came to the end.
   *
   * @param allSweeps of the last rung; a candidate that the time stopped on its way is no model
   */
  public List<String> flags(int allSweeps) {
    List<String> flags = new ArrayList<>(candidate.flags());
    flags.add("--sweeps");
    flags.add(Integer.toString(allSweeps));
    return List.copyOf(flags);
  }

  /** As the log and {@code --json} have it. */
  public Map<String, Object> toMap() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("trial", number());
    line.put("rung", rung());
    line.put("options", candidate.toMap());
    line.put("sweeps", sweeps());
    line.put("ndcg", ndcg().mean());
    line.put("ndcg_low", ndcg().low());
    line.put("ndcg_high", ndcg().high());
    line.put("hit_rate", hitRate());
    return line;
  }
}
