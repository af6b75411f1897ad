package org.neuralrescore.trainer.nmf;

import java.util.List;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

/** Learned factors with the encoder that belongs to them, and what they were learned from. */
public final class FactorModel {
  private final Histories learned;
  private final ImplicitAlsOptions options;
  private final Factors factors;
  private final SparseMatrix byItem;
  private final double[][] scaledUserGram;
  private final HistoryEncoder encoder;
  private final List<Double> objective;

  private FactorModel(
      Histories learned,
      ImplicitAlsOptions options,
      ImplicitAls.Result result,
      SparseMatrix byItem,
      double[][] scaledUserGram,
      HistoryEncoder encoder) {
    this.learned = learned;
    this.options = options;
    this.factors = result.factors();
    this.byItem = byItem;
    this.scaledUserGram = scaledUserGram;
    this.encoder = encoder;
    this.objective = result.objective();
  }

  /**
   * Learns from histories, every interaction with weight 1.
   *
   * @param foldInIterations gradient steps of the encoder
   * @param weighting what an interaction weighs in the encoder
   * @param source how the factors are come by
   */
  public static FactorModel learn(
      Histories learned,
      ImplicitAlsOptions options,
      int foldInIterations,
      HistoryWeighting weighting,
      FactorSource source,
      Workers workers,
      Progress progress) {
    ImplicitAls als = new ImplicitAls(options, workers);
    SparseMatrix weights = learned.toMatrix();
    ImplicitAls.Result result = source.factorise(als, weights, progress);
    FactorMatrix items = result.factors().itemMatrix();
    double[][] gram = Gram.of(result.factors().users(), options.rank(), workers);
    for (double[] row : gram) {
      for (int f = 0; f < row.length; f++) {
        row[f] *= options.alpha0();
      }
    }
    return new FactorModel(
        learned,
        options,
        result,
        weights.transpose(),
        gram,
        new HistoryEncoder(items, als.foldIn(items, foldInIterations), weighting));
  }

  /** What the factors were learned from. */
  public Histories learned() {
    return learned;
  }

  /** W and H as learned, in double. */
  public Factors factors() {
    return factors;
  }

  /** The item factors and the encoder over them. */
  public HistoryEncoder encoder() {
    return encoder;
  }

  /** The loss after each sweep. */
  public List<Double> objective() {
    return objective;
  }

  /** Items as they would be without one of their users; one instance a thread. */
  public ItemsWithoutUser itemsWithoutUser() {
    return new ItemsWithoutUser(factors, byItem, options, scaledUserGram);
  }
}
