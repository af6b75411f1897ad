package org.neuralrescore.trainer.scorer;

import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.nmf.HistoryEncoder;
import org.neuralrescore.trainer.parallel.Workers;

/** Trains scorers over finished factors. */
public final class ScorerTraining {
  private final ScorerOptions options;
  private final Workers workers;
  private final long seed;

  /**
   * Trains with its options, on some threads that stay the caller's.
   *
   * @param seed of examples, negatives, initial weights and order
   */
  public ScorerTraining(ScorerOptions options, Workers workers, long seed) {
    this.options = options;
    this.workers = workers;
    this.seed = seed;
  }

  /** The dot product alone, calibrated to log-odds. */
  public ScorerWeights dot(HistoryEncoder encoder, Histories learned) {
    PositiveExamples examples =
        PrefixExamples.of(encoder, learned, options.maxExamples(), seed, workers);
    Calibration calibration =
        DotCalibration.calibrate(
            examples,
            encoder.items(),
            new NegativeSampler(learned, options.sampling()),
            options.negatives(),
            new SplittableRandom(seed));
    return new ScorerWeights(examples.rank(), calibration.scale(), calibration.bias(), List.of());
  }
}
