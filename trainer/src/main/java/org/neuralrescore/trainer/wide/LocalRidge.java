// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Optional;
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
  private static final int ITEMS_PER_PART = 16;
  private static final int SAMPLED_ITEMS = 64;

  private LocalRidge() {}

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
    Supplier<PairMoments> moments =
        switch (options.direction()) {
          case TOGETHER, SIGNED -> together(histories, weighting);
          case NEXT, BOTH -> next(histories, weighting);
        };
    Optional<PairSquares> squares =
        PairSquares.of(histories, moments, steps(histories, moments.get(), options), workers);
    ScratchPool<Regression> free =
        new ScratchPool<>(() -> new Regression(moments.get(), squares, options));
    int items = all.itemCount();
    int[][] speakers = new int[items][];
    float[][] weights = new float[items][];
    workers.runRows(
        items,
        ITEMS_PER_PART,
        (part, from, to) -> {
          Regression regression = free.borrow();
          for (int item = from; item < to; item++) {
            regression.learn(item);
            speakers[item] = regression.speakers();
            weights[item] = regression.weights();
          }
          free.giveBack(regression);
          synchronized (task) {
            task.advance(to - from);
          }
        });
    return stack(speakers, weights);
  }

  /** Steps that all items' squares take one by one, by those of a few items. */
  private static double steps(Histories histories, PairMoments moments, WideOptions options) {
    Regression regression = new Regression(moments, Optional.empty(), options);
    int items = histories.itemCount();
    int every = Math.max(1, items / SAMPLED_ITEMS);
    double steps = 0;
    int sampled = 0;
    for (int item = every / 2; item < items; item += every) {
      steps += regression.steps(item);
      sampled++;
    }
    return sampled == 0 ? 0 : steps / sampled * items;
  }

  private static Supplier<PairMoments> together(Histories histories, HistoryWeighting weighting) {
    float[] values = new float[histories.size()];
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) weighting.values().of(histories, p);
    }
    TogetherMoments.Rows rows = new TogetherMoments.Rows(histories.toMatrix(values));
    return () -> new TogetherMoments(rows);
  }

  private static Supplier<PairMoments> next(Histories histories, HistoryWeighting weighting) {
    NextMoments.Prefixes prefixes = new NextMoments.Prefixes(histories, weighting);
    return () -> new NextMoments(prefixes);
  }

  private static ItemNeighbours stack(int[][] speakers, float[][] weights) {
    int[] offsets = new int[speakers.length + 1];
    for (int item = 0; item < speakers.length; item++) {
      offsets[item + 1] = Math.addExact(offsets[item], speakers[item].length);
    }
    int[] allSpeakers = new int[offsets[speakers.length]];
    float[] allWeights = new float[allSpeakers.length];
    for (int item = 0; item < speakers.length; item++) {
      int n = speakers[item].length;
      System.arraycopy(speakers[item], 0, allSpeakers, offsets[item], n);
      System.arraycopy(weights[item], 0, allWeights, offsets[item], n);
    }
    return new ItemNeighbours(offsets, allSpeakers, allWeights);
  }

  /** Learns items one after the other. */
  private static final class Regression {
    private final PairMoments moments;
    private final Optional<PairSquares> squares;
    private final WideOptions options;
    private final Largest nearest;
    private final Largest strongest;
    private final RidgeSystem system;
    private final int[] candidates;
    private final int[] kept;
    private int[] speakers = {};
    private float[] weights = {};

    Regression(PairMoments moments, Optional<PairSquares> squares, WideOptions options) {
      this.moments = moments;
      this.squares = squares;
      this.options = options;
      int most = Math.min(options.candidates(), Math.max(1, moments.mass().length));
      nearest = new Largest(most);
      strongest = new Largest(Math.min(most, options.kept()));
      system = new RidgeSystem(most);
      candidates = new int[most];
      kept = new int[most];
    }

    int[] speakers() {
      return speakers;
    }

    float[] weights() {
      return weights;
    }

    long steps(int target) {
      moments.read(target);
      return moments.steps(candidates, candidates(target));
    }

    void learn(int target) {
      moments.read(target);
      int n = candidates(target);
      system.clear(n);
      if (squares.isPresent()) {
        squares.get().addTo(candidates, n, system.upper());
      } else {
        moments.square(candidates, n, system.upper());
      }
      for (int place = 0; place < n; place++) {
        system.upper()[place][place] = moments.mass()[candidates[place]] + options.lambda();
        system.right()[place] = moments.sum(candidates[place]);
      }
      system.solve(n);
      keep(n);
    }

    private int candidates(int target) {
      nearest.clear();
      double one = moments.target(target);
      for (int i = 0; i < moments.count(); i++) {
        int item = moments.touched(i);
        if (moments.users(item) < options.minTogether()) {
          continue;
        }
        double near =
            options.closeness().of(moments.sum(item), one, moments.mass()[item], moments.rows());
        if (near > 0) {
          nearest.offer(item, (float) near);
        }
      }
      return nearest.items(candidates);
    }

    private void keep(int n) {
      strongest.clear();
      for (int place = 0; place < n; place++) {
        float weight = (float) system.right()[place];
        float strength = options.direction().signed() ? Math.abs(weight) : weight;
        if (strength > 0) {
          strongest.offer(place, strength);
        }
      }
      int count = strongest.items(kept);
      speakers = new int[count];
      weights = new float[count];
      for (int i = 0; i < count; i++) {
        speakers[i] = candidates[kept[i]];
        weights[i] = (float) system.right()[kept[i]];
      }
    }
  }
}
