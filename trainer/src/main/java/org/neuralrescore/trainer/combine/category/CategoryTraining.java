// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.category;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.scorer.network.DecayingAdam;
import org.neuralrescore.trainer.scorer.network.GradientRows;

/**
 * Trains a category head over finished item factors. Items without a category, and items whose
 * factors are all zero because nobody touched them, take no part.
 */
public final class CategoryTraining {
  private static final int ITEMS_PER_CHUNK = 32;

  private final CategoryOptions options;
  private final Workers workers;
  private final long seed;

  /** Trains with its options on some threads that stay the caller's. */
  public CategoryTraining(CategoryOptions options, Workers workers, long seed) {
    this.options = options;
    this.workers = workers;
    this.seed = seed;
  }

  /**
   * A trained head.
   *
   * @param head of the best epoch
   * @param report its figures, on items that neither trained it nor chose its epoch
   */
  public record Result(CategoryHead head, CategoryReport report) {}

  /**
   * Trains on a drawn share of the items and predicts the rest.
   *
   * @throws IllegalArgumentException where fewer than ten items have both categories and factors
   */
  public Result train(FactorMatrix items, ItemCategories categories) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] known =
        IntStream.range(0, items.rows())
            .filter(i -> categories.of(i).length > 0 && !items.isZero(i))
            .toArray();
    if (known.length < 10) {
      throw new IllegalArgumentException(
          "category training expects 10 items with categories and factors, got " + known.length);
    }
    shuffle(known, random);
    int tested = Math.max(1, (int) (known.length * options.heldOut()));
    int validated = tested + Math.max(1, tested / 2);
    Items parts =
        new Items(
            Arrays.copyOfRange(known, validated, known.length),
            Arrays.copyOfRange(known, tested, validated),
            Arrays.copyOf(known, tested));
    double[] factors = items.toDoubles();
    CategoryHead head =
        new CategoryHead(
            items.rank(),
            options.hidden(),
            categories.names().size(),
            CategoryHead.scaleOf(items),
            random.split());
    return new Run(head, factors, items.rank(), categories, parts).fit(random);
  }

  /** Item rows to learn from, to choose the epoch on, and to report on. */
  @SuppressWarnings("ArrayRecordComponent") // private, and compared by nobody
  private record Items(int[] learned, int[] validation, int[] test) {}

  /** One training under way. */
  private final class Run {
    private final CategoryHead head;
    private final double[] factors;
    private final int rank;
    private final ItemCategories categories;
    private final Items parts;

    Run(CategoryHead head, double[] factors, int rank, ItemCategories categories, Items parts) {
      this.head = head;
      this.factors = factors;
      this.rank = rank;
      this.categories = categories;
      this.parts = parts;
    }

    Result fit(SplittableRandom random) {
      DecayingAdam adam =
          new DecayingAdam(
              head.shape(), head.parameters(), options.learningRate(), options.weightDecay());
      double[][] best = GradientRows.copy(head.parameters());
      double bestAccuracy = Double.NEGATIVE_INFINITY;
      int bestEpoch = 0;
      int[] order = parts.learned();
      for (int e = 1; e <= options.epochs() && e - bestEpoch <= options.patience(); e++) {
        shuffle(order, random);
        for (int from = 0; from < order.length; from += options.batchItems()) {
          int to = Math.min(order.length, from + options.batchItems());
          step(adam, Arrays.copyOfRange(order, from, to));
        }
        double accuracy = accuracy(parts.validation());
        if (accuracy > bestAccuracy) {
          bestAccuracy = accuracy;
          bestEpoch = e;
          best = GradientRows.copy(head.parameters());
        }
      }
      GradientRows.clear(head.parameters());
      GradientRows.add(head.parameters(), best);
      head.refresh();
      return new Result(
          head,
          new CategoryReport(
              accuracy(parts.test()),
              majority(),
              loss(parts.test()),
              parts.learned().length,
              parts.test().length,
              bestEpoch));
    }

    private void step(DecayingAdam adam, int[] batch) {
      head.refresh();
      double[][][] chunks = new double[Workers.parts(batch.length, ITEMS_PER_CHUNK)][][];
      workers.runRows(
          batch.length,
          ITEMS_PER_CHUNK,
          (chunk, from, to) -> {
            double[][] gradient = head.shape().zeros();
            double[] ignored = new double[rank];
            CategoryHead.Pass pass = head.pass();
            for (int i = from; i < to; i++) {
              int item = batch[i];
              pass.add(
                  factors,
                  item * rank,
                  categories.of(item),
                  1.0 / batch.length,
                  gradient,
                  ignored,
                  0);
            }
            chunks[chunk] = gradient;
          });
      for (int c = 1; c < chunks.length; c++) {
        GradientRows.add(chunks[0], chunks[c]);
      }
      adam.step(head.parameters(), chunks[0]);
    }

    private double accuracy(int[] items) {
      CategoryHead.Pass pass = head.pass();
      return Arrays.stream(items)
              .filter(i -> has(categories.of(i), pass.predict(factors, i * rank)))
              .count()
          / (double) items.length;
    }

    private double loss(int[] items) {
      CategoryHead.Pass pass = head.pass();
      return Arrays.stream(items)
          .mapToDouble(i -> pass.loss(factors, i * rank, categories.of(i)))
          .average()
          .orElseThrow();
    }

    private double majority() {
      int[] counts = new int[categories.names().size()];
      for (int item : parts.learned()) {
        for (int category : categories.of(item)) {
          counts[category]++;
        }
      }
      int most = 0;
      for (int c = 1; c < counts.length; c++) {
        if (counts[c] > counts[most]) {
          most = c;
        }
      }
      int answer = most;
      return Arrays.stream(parts.test()).filter(i -> has(categories.of(i), answer)).count()
          / (double) parts.test().length;
    }
  }

  private static boolean has(int[] labels, int category) {
    return Arrays.binarySearch(labels, category) >= 0;
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
