// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.Setting;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;

/**
 * Options of {@link DistilledSolver}: which item-to-item weights are learned first, and how factors
 * are taught to rank as they do.
 *
 * @param lesson what the weights say
 * @param neighbours options of the weights
 * @param distillation rank, epochs, seed, and how they are taught
 */
@RecordBuilder
public record DistilledOptions(
    Lesson lesson, NeighbourOptions neighbours, DistillationOptions distillation)
    implements FactorOptions, DistilledOptionsBuilder.With {

  /** What item-to-item weights say. */
  public enum Lesson {
    /** Which items go together. */
    TOGETHER,
    /** Which item comes next. */
    NEXT
  }

  /**
   * Validation NDCG@10 of the weights themselves: ml-latest-small .0823 at 30 and .0833 at 100,
   * online-retail .1328 at 100 and .1337 at 300.
   */
  private static final double TRANSITION_LAMBDA = 100;

  /**
   * A history says less of the very next item than of what goes with it, so these weights are a
   * tenth of the others: at 0.03 their softmax is nearly uniform.
   */
  private static final double TRANSITION_TEMPERATURE = 0.003;

  /** Taught by the weights of items that go together. */
  public static final FactorMethod DISTILLED =
      new FactorMethod(
          "distilled",
          "factors taught to rank as regressed item-to-item weights do; items have two sides",
          "Hinton, Vinyals and Dean 2015, Distilling the Knowledge in a Neural Network; Tang and"
              + " Wang 2018, Ranking Distillation; Steck 2019, Embarrassingly Shallow Autoencoders"
              + " for Sparse Data; Kabbur et al. 2013, FISM",
          FactorMethod.Standing.OFFERED,
          defaults(),
          settings(
              List.of(
                  Setting.<DistilledOptions>wholeOr(
                      "all",
                      "neighbours",
                      "Items whose evidence counts for an item, the strongest ones",
                      o -> o.neighbours().neighbours(),
                      (o, n) -> o.withNeighbours(o.neighbours().withNeighbours(n)))),
              lambda().tried("10", "30", "100", "300"),
              temperature().tried("0.01", "0.03", "0.1")));

  /** Taught by the weights of what comes next. */
  public static final FactorMethod TRANSITIONS =
      new FactorMethod(
          "transitions",
          "factors taught to rank as regressed transitions do, from all that was touched before to"
              + " what came next; items have two sides",
          "Choi et al. 2021, Session-aware Linear Item-Item Models for Session-based"
              + " Recommendation; Ding, Li and Jordan 2010, Convex and Semi-Nonnegative Matrix"
              + " Factorizations; Tang and Wang 2018",
          FactorMethod.Standing.OFFERED,
          transitions(),
          settings(
              List.of(),
              lambda().tried("30", "100", "300"),
              temperature().tried("0.002", "0.003", "0.005", "0.01")));

  /** The documented defaults of weights of items that go together. */
  public static DistilledOptions defaults() {
    return new DistilledOptions(
        Lesson.TOGETHER,
        NeighbourOptions.defaults().withNeighbours(Integer.MAX_VALUE),
        DistillationOptions.defaults());
  }

  /** The documented defaults of weights of what comes next. */
  public static DistilledOptions transitions() {
    return new DistilledOptions(
        Lesson.NEXT,
        defaults().neighbours().withLambda(TRANSITION_LAMBDA),
        DistillationOptions.defaults().withTemperature(TRANSITION_TEMPERATURE));
  }

  private static List<Setting> settings(List<Setting> first, Setting lambda, Setting temperature) {
    List<Setting> settings = new ArrayList<>(first);
    settings.add(lambda);
    settings.add(Setting.rank());
    settings.add(temperature);
    settings.add(
        Setting.<DistilledOptions>number(
                "factor-rate",
                "Largest learning rate of the factors, in sizes of their start",
                o -> o.distillation().rate(),
                (o, x) -> o.withDistillation(o.distillation().withRate(x)))
            .tried("0.5", "1", "2"));
    settings.add(Setting.sweeps("Epochs"));
    return settings;
  }

  private static Setting lambda() {
    return Setting.<DistilledOptions>number(
        "neighbour-lambda",
        "Interactions at which an item's evidence counts by half",
        o -> o.neighbours().lambda(),
        (o, x) -> o.withNeighbours(o.neighbours().withLambda(x)));
  }

  private static Setting temperature() {
    return Setting.<DistilledOptions>number(
        "temperature",
        "Of the softmax over the weights' scores: the lower, the more the head of the ranking"
            + " counts",
        o -> o.distillation().temperature(),
        (o, x) -> o.withDistillation(o.distillation().withTemperature(x)));
  }

  @Override
  public FactorMethod method() {
    return lesson == Lesson.NEXT ? TRANSITIONS : DISTILLED;
  }

  @Override
  public int rank() {
    return distillation.rank();
  }

  @Override
  public int sweeps() {
    return distillation.epochs();
  }

  @Override
  public long seed() {
    return distillation.seed();
  }

  @Override
  public DistilledOptions with(int rank, int sweeps, long seed) {
    return withDistillation(distillation.withRank(rank).withEpochs(sweeps).withSeed(seed));
  }

  @Override
  public String loss() {
    return method().label();
  }

  @Override
  public int width() {
    return 2 * rank();
  }

  @Override
  public boolean onACourse() {
    return true;
  }

  @Override
  public DistilledOptions on(RowScheme rows, HistoryWeighting weighting) {
    return withDistillation(distillation.withWeighting(weighting));
  }

  @Override
  public List<String> unread(RowScheme rows) {
    return lesson == Lesson.NEXT ? rows.flagsOfCells(true) : List.of();
  }

  @Override
  public FactorSolver solver(Workers workers, LearnedWeights learned) {
    return new DistilledSolver(
        lesson == Lesson.NEXT
            ? new TransitionTeacher(neighbours, distillation.weighting())
            : new NeighbourTeacher(neighbours),
        distillation,
        workers,
        learned);
  }

  @Override
  public double sweepWork(double rows, double items, double cells) {
    return 3.0 * Distillation.STEPS * distillation.batch() * items * rank();
  }
}
