package org.neuralrescore.trainer.tune;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.nmf.ImplicitAlsOptions;

/**
 * One point of the search space.
 *
 * @param rank k
 * @param alpha0 the weight of every cell
 * @param lambda regularisation a unit of weight
 * @param weighting what each interaction of a history weighs in the encoder
 */
public record Candidate(int rank, double alpha0, double lambda, HistoryWeighting weighting) {

  /** The factorisation's options, all others as in {@code base}. */
  public ImplicitAlsOptions factors(ImplicitAlsOptions base) {
    return base.withRank(rank).withAlpha0(alpha0).withLambda(lambda);
  }

  /** As flags of {@code train}, the number of sweeps left open. */
  public List<String> flags() {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--rank", Integer.toString(rank),
                "--alpha0", Double.toString(alpha0),
                "--lambda", Double.toString(lambda)));
    if (weighting.floor() < 1) {
      flags.add("--recency-days");
      flags.add(Double.toString(weighting.decayDays()));
      flags.add("--recency-floor");
      flags.add(Double.toString(weighting.floor()));
    }
    return List.copyOf(flags);
  }
}
