package org.neuralrescore.trainer.nmf;

import java.util.List;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.HistoryWeighting;
import org.neuralrescore.trainer.dataset.LearningRows;
import org.neuralrescore.trainer.dataset.RowScheme;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

/** Learned factors with the encoder that belongs to them, and what they were learned from. */
public final class FactorModel {
  private final Histories learned;
  private final ImplicitAlsOptions options;
  private final Factors factors;
  private final LearningRows rows;
  private final SparseMatrix byItem;
  private final double[][] scaledUserGram;
  private final HistoryEncoder encoder;
  private final List<Double> objective;

  private FactorModel(
      Histories learned,
      ImplicitAlsOptions options,
      ImplicitAls.Result result,
      LearningRows rows,
      SparseMatrix byItem,
      double[][] scaledUserGram,
      HistoryEncoder encoder) {
    this.learned = learned;
    this.options = options;
    this.factors = result.factors();
    this.rows = rows;
    this.byItem = byItem;
    this.scaledUserGram = scaledUserGram;
    this.encoder = encoder;
    this.objective = result.objective();
  }

  /**
   * Learns from histories, one row a user, from a random start.
   *
   * @param foldInIterations gradient steps of the encoder
   * @param weighting what an interaction weighs in the encoder
   */
  public static FactorModel learn(
      Histories learned,
      ImplicitAlsOptions options,
      int foldInIterations,
      HistoryWeighting weighting,
      Workers workers,
      Progress progress) {
    return learn(
        learned,
        options,
        RowScheme.users(),
        EncoderOptions.defaults().withIterations(foldInIterations).withWeighting(weighting),
        ImplicitAls::fit,
        workers,
        progress);
  }

  /**
   * Learns from histories, every interaction with weight 1.
   *
   * @param scheme what the rows of the factorised matrix stand for
   * @param encoder options of the user encoder
   * @param source how the factors are come by
   */
  public static FactorModel learn(
      Histories learned,
      ImplicitAlsOptions options,
      RowScheme scheme,
      EncoderOptions encoder,
      FactorSource source,
      Workers workers,
      Progress progress) {
    ImplicitAls als = new ImplicitAls(options, workers);
    LearningRows rows = scheme.of(learned);
    ImplicitAls.Result result = source.factorise(als, rows.matrix(), progress);
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
        rows,
        rows.matrix().transpose(),
        gram,
        new HistoryEncoder(
            items,
            new ImplicitAls(encoder.loss(options), workers).foldIn(items, encoder.iterations()),
            encoder.weighting()));
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
    return new ItemsWithoutUser(factors, rows, byItem, options, scaledUserGram);
  }
}
