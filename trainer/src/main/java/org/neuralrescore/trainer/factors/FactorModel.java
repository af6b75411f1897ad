// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.model.FactorMatrix;

/** Learned factors with the encoder that belongs to them, and what they were learned from. */
public final class FactorModel {
  private final Histories learned;
  private final CoreRule.LeftOut leftOut;
  private final Factors factors;
  private final Supplier<Supplier<ItemsWithoutUser>> itemsWithoutUser;
  private final HistoryEncoder encoder;
  private final List<Double> objective;

  private FactorModel(
      LearningRows rows,
      FactorResult result,
      Supplier<Supplier<ItemsWithoutUser>> itemsWithoutUser,
      HistoryEncoder encoder) {
    this.learned = rows.histories();
    this.leftOut = rows.leftOut();
    this.factors = result.factors();
    this.itemsWithoutUser = itemsWithoutUser;
    this.encoder = encoder;
    this.objective = result.objective();
  }

  /**
   * Learns from histories, one row a user, from the method's own start.
   *
   * @param foldInIterations gradient steps of the encoder
   * @param weighting what an interaction weighs in the encoder
   */
  public static FactorModel learn(
      Histories learned,
      FactorOptions options,
      int foldInIterations,
      HistoryWeighting weighting,
      Workers workers,
      Progress progress) {
    return learn(
        learned,
        options.solver(workers),
        RowScheme.users(),
        EncoderOptions.defaults().withIterations(foldInIterations).withWeighting(weighting),
        FactorSolver::fit,
        progress);
  }

  /**
   * Learns from histories.
   *
   * @param solver the loss, and how it is lowered
   * @param scheme the matrix that is factorised
   * @param encoder options of the user encoder
   * @param source where the factors come from
   */
  public static FactorModel learn(
      Histories learned,
      FactorSolver solver,
      RowScheme scheme,
      EncoderOptions encoder,
      FactorSource source,
      Progress progress) {
    return learn(scheme.of(learned), solver, encoder, source, progress);
  }

  /** As above, from rows that were made already. */
  public static FactorModel learn(
      LearningRows rows,
      FactorSolver solver,
      EncoderOptions encoder,
      FactorSource source,
      Progress progress) {
    FactorSolver informed = solver.on(rows);
    FactorResult result = source.factorise(informed, rows.matrix(), progress);
    FactorMatrix items = informed.served(result.factors());
    return new FactorModel(
        rows,
        result,
        () ->
            result.ofOthers()
                ? () -> new ItemsOfOthers(result.factors())
                : informed.itemsWithoutUser(result.factors(), rows),
        new HistoryEncoder(items, informed.foldIn(items, encoder), encoder.weighting()));
  }

  /** What the factors were learned from: the core of what was given. */
  public Histories learned() {
    return learned;
  }

  /** What was given besides. */
  public CoreRule.LeftOut leftOut() {
    return leftOut;
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

  /**
   * Items as they would be without one of their users. What that takes, such as the matrix by item,
   * is made now, on the caller's thread, and by the solver's workers.
   *
   * @return gives one instance a thread
   */
  public Supplier<ItemsWithoutUser> itemsWithoutUser() {
    return itemsWithoutUser.get();
  }
}
