// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.neighbour.ItemWeights;
import org.neuralrescore.trainer.factors.softmax.EvidenceSign;
import org.neuralrescore.trainer.factors.softmax.ShownItems;
import org.neuralrescore.trainer.factors.softmax.SoftmaxDescent;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;

/**
 * Learns both sides of items that rank as item-to-item weights do. Factors of the weights' least
 * squared error spend themselves on all cells alike; what a search shows is the head of a ranking,
 * for people as they are. So people are drawn, the weights are asked what those would want, and the
 * factors go down the divergence from that answer (Hinton, Vinyals and Dean 2015, "Distilling the
 * Knowledge in a Neural Network"; Tang and Wang 2018, "Ranking Distillation").
 *
 * <p>On online-retail (validation NDCG@10) the positive weights reach .132; their factors of least
 * squares .071 at k = 64 and .110 at k = 256; these .104 and .118.
 *
 * <p>The same bits for any number of threads: a draw has a stream of its own, sums run in a fixed
 * order.
 */
public final class Distillation {
  /** Steps an epoch. */
  public static final int STEPS = 32;

  private static final int ROWS_PER_PART = 8;

  /** Gradients shrink fast as the ranking takes shape: what they were is soon forgotten. */
  private static final float BETA2 = 0.99f;

  /** Of the start, by the root of k: the logits of a person begin well below 1. */
  private static final double SIZE = 0.14;

  private final DistillationOptions options;
  private final Workers workers;
  private final HistoryDraws draws;
  private final TeacherTargets targets;
  private final SoftmaxDescent descent;
  private final double rate;
  private final float[] mask;

  private Distillation(
      Histories histories,
      ItemWeights teacher,
      DistillationOptions options,
      Optional<TwoSidedItems> known,
      Workers workers) {
    this.options = options;
    this.workers = workers;
    int rank = options.rank();
    draws = new HistoryDraws(histories, options.weighting(), options.seed());
    targets = new TeacherTargets(teacher, options.temperature(), options.batch());
    descent =
        new SoftmaxDescent(
            teacher.itemCount(),
            rank,
            options.batch(),
            targets,
            BETA2,
            teacher.signed() ? EvidenceSign.BOTH : EvidenceSign.POSITIVE,
            workers);
    double size = SIZE / Math.sqrt(rank);
    descent.start(size, new SplittableRandom(options.seed()));
    rate = options.rate() * size;
    mask = mask(teacher);
    known.ifPresent(items -> descent.start(items, mask));
  }

  /** 1 for an item that has weights in the teacher, in its row or in its column; else 0. */
  private static float[] mask(ItemWeights teacher) {
    float[] mask = new float[teacher.itemCount()];
    for (int item = 0; item < mask.length; item++) {
      mask[item] = teacher.knows(item) ? 1f : 0f;
    }
    return mask;
  }

  /**
   * Distils, and stops after some epochs as a run of all of them stands there.
   *
   * @param histories people are drawn from
   * @param teacher where it says what speaks against an item, too, so does the evidence of the
   *     items that are learned; what they offer is never negative (semi-NMF: Ding, Li and Jordan
   *     2010, "Convex and Semi-Nonnegative Matrix Factorizations")
   * @param known items to begin at, zeros on both sides where an item begins at random; empty: all
   *     do
   * @param epochs from 0, the start, to all
   * @param listener is given the items after every epoch, new ones each time
   * @param workers stay the caller's
   * @return items whose losses are the mean divergence of each epoch, in nats; zeros where the
   *     teacher does not know the item
   */
  public static TwoSidedItems run(
      Histories histories,
      ItemWeights teacher,
      DistillationOptions options,
      Optional<TwoSidedItems> known,
      int epochs,
      Consumer<TwoSidedItems> listener,
      Workers workers,
      Progress progress) {
    if (epochs < 0 || epochs > options.epochs()) {
      throw new IllegalArgumentException(
          "distillation expects to stop after 0 to " + options.epochs() + " epochs, got " + epochs);
    }
    return new Distillation(histories, teacher, options, known, workers)
        .run(epochs, listener, progress);
  }

  private TwoSidedItems run(int epochs, Consumer<TwoSidedItems> listener, Progress progress) {
    List<Double> losses = new ArrayList<>();
    try (Progress.Task task = progress.start("factors", (long) epochs * STEPS)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        double loss = 0;
        for (int step = 0; step < STEPS; step++) {
          loss += step(epoch * STEPS + step);
          task.advance(1);
        }
        losses.add(loss / (STEPS * (double) options.batch()));
        task.note(String.format(Locale.ROOT, "divergence %.4f", losses.get(epoch)));
        listener.accept(descent.items(mask, losses));
      }
    }
    return descent.items(mask, losses);
  }

  private double step(int step) {
    long first = (long) step * options.batch();
    descent.begin(options.batch());
    workers.runRows(
        options.batch(),
        ROWS_PER_PART,
        (part, from, to) -> {
          for (int row = from; row < to; row++) {
            ShownItems shown = draws.draw(first + row);
            targets.ask(row, shown);
            descent.show(row, shown);
          }
        });
    double done = (step + 0.5) / ((double) options.epochs() * STEPS);
    return descent.step(SoftmaxDescent.rate(rate, done));
  }
}
