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

  /** As flags of {@code train}. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>(candidate.flags());
    flags.add("--sweeps");
    flags.add(Integer.toString(sweeps));
    return List.copyOf(flags);
  }

  /** As the log and {@code --json} have it. */
  public Map<String, Object> toMap() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("trial", number());
    line.put("rung", rung());
    line.put("rank", candidate.rank());
    line.put("alpha0", candidate.alpha0());
    line.put("lambda", candidate.lambda());
    line.put("recency_floor", candidate.weighting().floor());
    line.put("recency_days", candidate.weighting().decayDays());
    line.put("sweeps", sweeps());
    line.put("ndcg", ndcg().mean());
    line.put("ndcg_low", ndcg().low());
    line.put("ndcg_high", ndcg().high());
    line.put("hit_rate", hitRate());
    return line;
  }
}
