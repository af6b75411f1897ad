// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.scorer.network.DecayingAdam;
import org.neuralrescore.trainer.scorer.network.GradientRows;
import org.neuralrescore.trainer.scorer.network.NetworkPass;
import org.neuralrescore.trainer.scorer.network.NetworkShape;
import org.neuralrescore.trainer.scorer.network.TransposedWeights;

/**
 * Trains the network from content to factors by squared error, an item weighing {@code n / (n +
 * 3)}: factors learned from many interactions are nearer the truth. A tenth of the items stops the
 * training.
 */
public final class ContentTraining {
  private static final int ITEMS_PER_CHUNK = 16;
  private static final int MIN_ITEMS = 20;
  private static final double HALF_TRUSTED = 3;

  private final ContentOptions options;
  private final Workers workers;
  private final long seed;

  /** Trains with its options on some threads that stay the caller's. */
  public ContentTraining(ContentOptions options, Workers workers, long seed) {
    this.options = options;
    this.workers = workers;
    this.seed = seed;
  }

  /**
   * A trained network.
   *
   * @param network of the best epoch
   * @param error its weighted mean squared error on held-out items, as a share of what predicting
   *     their mean vector gives: 1 has learned nothing
   * @param items learned from
   * @param epoch the best
   */
  public record Result(ContentNetwork network, double error, int items, int epoch) {}

  /**
   * Whether content says anything of enough items that are learned from.
   *
   * @param learned whether an item is
   */
  public static boolean teaches(ItemContent content, IntPredicate learned) {
    return IntStream.range(0, content.itemCount())
            .filter(i -> content.has(i) && learned.test(i))
            .limit(MIN_ITEMS)
            .count()
        == MIN_ITEMS;
  }

  /**
   * Learns from the items that have content, interactions and factors.
   *
   * @param items [items x rank]
   * @param interactions of every item
   * @throws UserError of kind INPUT where there are too few of them
   */
  public Result train(
      FactorMatrix items, ItemContent content, int[] interactions, Progress progress) {
    int[] known =
        IntStream.range(0, items.rows())
            .filter(i -> content.has(i) && interactions[i] > 0 && !items.isZero(i))
            .toArray();
    if (known.length < MIN_ITEMS) {
      throw new UserError(
          UserError.Kind.INPUT,
          "content transfer expects "
              + MIN_ITEMS
              + " items with content and interactions, got "
              + known.length
              + "; do the catalogue's ids match those of the interactions?");
    }
    return new Run(items, content, interactions, known).train(progress);
  }

  /** One training under way. */
  private final class Run {
    private final FactorMatrix items;
    private final ItemContent content;
    private final int[] interactions;
    private final int[] order;
    private final int heldOut;
    private final double scale;
    private final NetworkShape shape;
    private final TransposedWeights transposed;
    private final double[][] parameters;
    private final SplittableRandom random = new SplittableRandom(seed);

    Run(FactorMatrix items, ItemContent content, int[] interactions, int[] known) {
      this.items = items;
      this.content = content;
      this.interactions = interactions;
      order = known;
      shuffle(0);
      heldOut = Math.max(1, known.length / 10);
      scale = rootMeanSquare();
      shape = new NetworkShape(content.width(), options.hidden(), items.rank());
      parameters = shape.start(random.split());
      transposed = new TransposedWeights(shape);
    }

    Result train(Progress progress) {
      DecayingAdam adam =
          new DecayingAdam(shape, parameters, options.learningRate(), options.weightDecay());
      startAtTheMean();
      double mean = error();
      double best = mean;
      int bestEpoch = 0;
      double[][] kept = GradientRows.copy(parameters);
      try (Progress.Task task = progress.start("content", options.epochs())) {
        for (int e = 1; e <= options.epochs() && e - bestEpoch <= options.patience(); e++) {
          shuffle(heldOut);
          for (int from = heldOut; from < order.length; from += options.batchItems()) {
            step(adam, from, Math.min(order.length, from + options.batchItems()));
          }
          double error = error();
          if (error < best) {
            best = error;
            bestEpoch = e;
            kept = GradientRows.copy(parameters);
          }
          task.advance(1);
        }
      }
      return new Result(
          new ContentNetwork(shape, kept, scale), best / mean, order.length - heldOut, bestEpoch);
    }

    /** Shuffles what stands at {@code from} and behind. */
    private void shuffle(int from) {
      for (int i = order.length - 1; i > from; i--) {
        int j = from + random.nextInt(i - from + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }

    private double rootMeanSquare() {
      double sum = 0;
      for (int item : order) {
        for (int f = 0; f < items.rank(); f++) {
          sum += Math.pow(items.values()[item * items.rank() + f], 2);
        }
      }
      return Math.sqrt(sum / ((double) order.length * items.rank()));
    }

    /** The output's bias begins at the weighted mean of the factors, not at zero. */
    private void startAtTheMean() {
      double[] bias = parameters[shape.bias(shape.depth() - 1)];
      double total = 0;
      for (int i = heldOut; i < order.length; i++) {
        double weight = weight(order[i]);
        total += weight;
        for (int f = 0; f < bias.length; f++) {
          bias[f] += weight * target(order[i], f);
        }
      }
      for (int f = 0; f < bias.length; f++) {
        bias[f] /= total;
      }
    }

    private double target(int item, int factor) {
      return items.values()[item * items.rank() + factor] / scale;
    }

    private double weight(int item) {
      return interactions[item] / (interactions[item] + HALF_TRUSTED);
    }

    private void step(DecayingAdam adam, int from, int to) {
      transposed.refresh(parameters);
      double[][][] chunks = new double[Workers.parts(to - from, ITEMS_PER_CHUNK)][][];
      workers.runRows(
          to - from,
          ITEMS_PER_CHUNK,
          (chunk, first, last) -> {
            double[][] gradient = shape.zeros();
            NetworkPass pass = new NetworkPass(shape);
            double[] delta = new double[shape.outputs()];
            for (int i = from + first; i < from + last; i++) {
              double[] x = input(order[i]);
              double[] output = pass.forward(parameters, x, 0);
              double slope = 2 * weight(order[i]) / ((to - from) * delta.length);
              for (int f = 0; f < delta.length; f++) {
                delta[f] = slope * (output[f] - target(order[i], f));
              }
              pass.backward(transposed, x, 0, delta, gradient);
            }
            chunks[chunk] = gradient;
          });
      for (int c = 1; c < chunks.length; c++) {
        GradientRows.add(chunks[0], chunks[c]);
      }
      adam.step(parameters, chunks[0]);
    }

    private double[] input(int item) {
      float[] vector = content.of(item);
      double[] x = new double[vector.length];
      Arrays.setAll(x, i -> vector[i]);
      return x;
    }

    private double error() {
      NetworkPass pass = new NetworkPass(shape);
      double sum = 0;
      double total = 0;
      for (int i = 0; i < heldOut; i++) {
        double[] output = pass.forward(parameters, input(order[i]), 0);
        double weight = weight(order[i]);
        total += weight;
        for (int f = 0; f < output.length; f++) {
          sum += weight * Math.pow(output[f] - target(order[i], f), 2);
        }
      }
      return sum / total / shape.outputs();
    }
  }
}
