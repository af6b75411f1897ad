package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.LeaveLastOut;
import org.neuralrescore.trainer.dataset.SplitProtocol;
import org.neuralrescore.trainer.nmf.ImplicitAlsOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;

/**
 * Everything that decides what a training run makes, but for the data; {@code threads} alone
 * changes nothing in the result.
 *
 * @param factors options of the factorisation; its seed is overruled by {@code seed}
 * @param foldInIterations gradient steps of the user encoder, default 48
 * @param weighting what each interaction of a history weighs in the encoder, default all the same
 * @param scorer options of the scorer
 * @param protocol how validation and test are held out, default leave-last-out
 * @param cutoff k of HR@k, NDCG@k and Recall@k, default 10
 * @param threads threads at most, default all processors
 * @param seed of all randomness, default 42
 */
public record TrainingOptions(
    ImplicitAlsOptions factors,
    int foldInIterations,
    HistoryWeighting weighting,
    ScorerOptions scorer,
    SplitProtocol protocol,
    int cutoff,
    int threads,
    long seed) {
  public TrainingOptions {
    if (foldInIterations < 1 || cutoff < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "training expects fold-in iterations, cut-off and threads of at least 1, got "
              + foldInIterations
              + ", "
              + cutoff
              + ", "
              + threads);
    }
  }

  /** The documented defaults. */
  public static TrainingOptions defaults() {
    return new TrainingOptions(
        ImplicitAlsOptions.defaults(),
        48,
        HistoryWeighting.uniform(),
        ScorerOptions.defaults(),
        new LeaveLastOut(),
        10,
        Runtime.getRuntime().availableProcessors(),
        42L);
  }

  /** The same with another factorisation. */
  public TrainingOptions withFactors(ImplicitAlsOptions value) {
    return new TrainingOptions(
        value, foldInIterations, weighting, scorer, protocol, cutoff, threads, seed);
  }

  /** The same with another number of steps in the user encoder. */
  public TrainingOptions withFoldInIterations(int value) {
    return new TrainingOptions(factors, value, weighting, scorer, protocol, cutoff, threads, seed);
  }

  /** The same with other weights in a history. */
  public TrainingOptions withWeighting(HistoryWeighting value) {
    return new TrainingOptions(
        factors, foldInIterations, value, scorer, protocol, cutoff, threads, seed);
  }

  /** The same with another scorer. */
  public TrainingOptions withScorer(ScorerOptions value) {
    return new TrainingOptions(
        factors, foldInIterations, weighting, value, protocol, cutoff, threads, seed);
  }

  /** The same with another way to hold out. */
  public TrainingOptions withProtocol(SplitProtocol value) {
    return new TrainingOptions(
        factors, foldInIterations, weighting, scorer, value, cutoff, threads, seed);
  }

  /** The same with another cut-off. */
  public TrainingOptions withCutoff(int value) {
    return new TrainingOptions(
        factors, foldInIterations, weighting, scorer, protocol, value, threads, seed);
  }

  /** The same on another number of threads: the result stays the same. */
  public TrainingOptions withThreads(int value) {
    return new TrainingOptions(
        factors, foldInIterations, weighting, scorer, protocol, cutoff, value, seed);
  }

  /** The same with another seed. */
  public TrainingOptions withSeed(long value) {
    return new TrainingOptions(
        factors, foldInIterations, weighting, scorer, protocol, cutoff, threads, value);
  }
}
