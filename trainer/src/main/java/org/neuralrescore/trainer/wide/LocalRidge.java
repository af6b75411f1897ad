// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.function.Supplier;
import org.neuralrescore.trainer.base.parallel.ScratchPool;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.ItemNeighbours;

/**
 * Item-to-item weights by one small regression an item: {@code (G_SS + lambda I) w = G_Sj}, S the
 * items nearest to item j (regressing on neighbours is fsSLIM's, Ning and Karypis 2011, "SLIM:
 * Sparse Linear Methods for Top-N Recommender Systems"; the closed form is that of Steck 2019,
 * "Embarrassingly Shallow Autoencoders for Sparse Data", which this is with all other items as S).
 * What goes together keeps its weights above 0 alone, as SLIM does, or both signs, as EASE does;
 * what comes next keeps both signs; so does the sum of both ({@link BothDirections}).
 *
 * <p>Items are independent: the result is the same on any number of threads.
 */
public final class LocalRidge {
  static final int ITEMS_PER_PART = 16;
  private static final int SAMPLED_ITEMS = 64;

  /** A sum is written to memory that is cold, and read again. */
  private static final double STEPS_A_DEALT_SUM = 4;

  private final ScratchPool<PairMoments> moments;
  private final ScratchPool<Regression> regressions;
  private final WideOptions options;
  private final Workers workers;
  private final int items;

  private LocalRidge(
      Supplier<PairMoments> moments, WideOptions options, Workers workers, int items) {
    this.moments = new ScratchPool<>(moments);
    regressions = new ScratchPool<>(() -> new Regression(options, items));
    this.options = options;
    this.workers = workers;
    this.items = items;
  }

  /** Learns, and tells nobody how far it is. */
  public static ItemNeighbours learn(
      Histories all, HistoryWeighting weighting, WideOptions options, Workers workers) {
    return learn(all, weighting, options, workers, Progress.silent());
  }

  /** The units by which {@link #learn} advances in all: regressions, an item each. */
  public static long units(Histories all, WideOptions options) {
    return all.itemCount() * (options.direction() == Direction.BOTH ? 2L : 1L);
  }

  /**
   * Learns.
   *
   * @param weighting what the interactions of a history weigh by themselves and, for what comes
   *     next, by their age
   * @param task is told of {@link #units}, from one thread at a time
   */
  public static ItemNeighbours learn(
      Histories all,
      HistoryWeighting weighting,
      WideOptions options,
      Workers workers,
      Progress.Task task) {
    if (options.direction() == Direction.BOTH) {
      return BothDirections.learn(all, weighting, options, workers, task);
    }
    Histories histories = Bounds.of(options).apply(all);
    WideOptions ridge = options.withLambda(options.lambda() * weighting.values().unit(histories));
    if (options.direction().asksEach()) {
      return EachNeighbour.learn(
          together(histories, weighting, false), ridge, all.itemCount(), workers, task);
    }
    Supplier<PairMoments> moments =
        options.direction() == Direction.NEXT
            ? next(histories, weighting)
            : together(histories, weighting, true);
    return new LocalRidge(moments, ridge, workers, all.itemCount()).learn(histories, task);
  }

  private ItemNeighbours learn(Histories histories, Progress.Task task) {
    WeightRows learned = new WeightRows(items);
    int block = PairSquares.inABlock(Nearest.most(options, items));
    if (items == 0 || !overlap(histories, Workers.parts(items, block))) {
      eachByItself(learned, task);
    } else {
      for (int from = 0; from < items; from += block) {
        together(learned, from, Math.min(items, from + block), task);
      }
    }
    return learned.stack();
  }

  /** Every neighbourhood sums its own pairs. */
  private void eachByItself(WeightRows learned, Progress.Task task) {
    workers.runRows(
        items,
        ITEMS_PER_PART,
        (part, from, to) -> {
          Regression regression = regressions.borrow();
          PairMoments own = moments.borrow();
          for (int item = from; item < to; item++) {
            regression.solve(item, regression.around(item, own), own, own.mass(), learned);
          }
          regressions.giveBack(regression);
          moments.giveBack(own);
          tell(task, to - from);
        });
  }

  /** Neighbourhoods that share the sums of their pairs. */
  private void together(WeightRows learned, int first, int end, Progress.Task task) {
    Neighbourhood[] around = new Neighbourhood[end - first];
    workers.runRows(
        around.length,
        ITEMS_PER_PART,
        (part, from, to) -> {
          Regression regression = regressions.borrow();
          PairMoments own = moments.borrow();
          for (int i = from; i < to; i++) {
            around[i] = regression.around(first + i, own);
          }
          regressions.giveBack(regression);
          moments.giveBack(own);
        });
    PairSquares squares = PairSquares.of(first, around, items, moments, workers);
    PairMoments any = moments.borrow();
    double[] mass = any.mass();
    moments.giveBack(any);
    workers.runRows(
        around.length,
        ITEMS_PER_PART,
        (part, from, to) -> {
          Regression regression = regressions.borrow();
          for (int i = from; i < to; i++) {
            regression.solve(first + i, around[i], squares, mass, learned);
          }
          regressions.giveBack(regression);
          tell(task, to - from);
        });
  }

  static void tell(Progress.Task task, int done) {
    synchronized (task) {
      task.advance(done);
    }
  }

  /** Whether sums of pairs that are read once a block take fewer steps than each its own. */
  private boolean overlap(Histories histories, int blocks) {
    double once = 0;
    for (int user = 0; user < histories.userCount(); user++) {
      once += (double) histories.length(user) * histories.length(user);
    }
    Regression regression = regressions.borrow();
    PairMoments own = moments.borrow();
    int every = Math.max(1, items / SAMPLED_ITEMS);
    double alone = 0;
    double dealt = 0;
    int sampled = 0;
    for (int item = every / 2; item < items; item += every) {
      Neighbourhood around = regression.around(item, own);
      alone += own.steps(around.items());
      dealt += STEPS_A_DEALT_SUM * around.size() * (around.size() - 1) / 2;
      sampled++;
    }
    regressions.giveBack(regression);
    moments.giveBack(own);
    return blocks * once + dealt / sampled * items < alone / sampled * items;
  }

  private static Supplier<PairMoments> together(
      Histories histories, HistoryWeighting weighting, boolean squares) {
    float[] values = new float[histories.size()];
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) weighting.values().of(histories, p);
    }
    TogetherMoments.Rows rows = new TogetherMoments.Rows(histories.toMatrix(values), squares);
    return () -> new TogetherMoments(rows);
  }

  private static Supplier<PairMoments> next(Histories histories, HistoryWeighting weighting) {
    NextMoments.Prefixes prefixes = new NextMoments.Prefixes(histories, weighting);
    return () -> new NextMoments(prefixes);
  }
}
