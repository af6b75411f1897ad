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
   * As flags of {@code train}: what was tried, but for sweeps of a course, which stopped on one of
   * all.
   *
   * @param onACourse whether the method's sweeps are such
   * @param allSweeps of the last rung
   */
  public List<String> flags(boolean onACourse, int allSweeps) {
    List<String> flags = new ArrayList<>(candidate.flags());
    flags.add("--sweeps");
    flags.add(Integer.toString(onACourse ? allSweeps : sweeps));
    return List.copyOf(flags);
  }

  /** As the log and {@code --json} have it. */
  public Map<String, Object> toMap() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("trial", number());
    line.put("rung", rung());
    Map<String, Object> values = new LinkedHashMap<>();
    candidate.values().forEach((axis, value) -> values.put(axis.label(), value));
    line.put("options", values);
    line.put("sweeps", sweeps());
    line.put("ndcg", ndcg().mean());
    line.put("ndcg_low", ndcg().low());
    line.put("ndcg_high", ndcg().high());
    line.put("hit_rate", hitRate());
    return line;
  }
}
