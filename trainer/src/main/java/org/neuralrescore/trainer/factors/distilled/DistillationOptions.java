// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/**
 * Options of {@link Distillation}.
 *
 * @param rank k, the number of factors of a side, default 64
 * @param epochs of {@link Distillation#STEPS} steps, default 60
 * @param batch histories a step, default 256
 * @param rate the learning rate of Adam at its largest, in sizes of the start, default 1; rises
 *     over the first 3% of the steps and falls linearly to 0
 * @param temperature of the teacher's softmax, in units of its weights, default 0.03; what suits
 *     transitions is a tenth of it
 * @param weighting what an interaction of a history weighs
 * @param seed of start and draws, default 42
 */
@RecordBuilder
public record DistillationOptions(
    int rank,
    int epochs,
    int batch,
    double rate,
    double temperature,
    HistoryWeighting weighting,
    long seed)
    implements DistillationOptionsBuilder.With {
  public DistillationOptions {
    if (rank < 1 || epochs < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "distillation expects rank, epochs and batch of at least 1, got "
              + rank
              + ", "
              + epochs
              + ", "
              + batch);
    }
    if (!(rate > 0)
        || !(temperature > 0)
        || Double.isInfinite(rate)
        || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "distillation expects a rate and a temperature above 0, got "
              + rate
              + ", "
              + temperature);
    }
  }

  /** The documented defaults. */
  public static DistillationOptions defaults() {
    return new DistillationOptions(64, 60, 256, 1, 0.03, HistoryWeighting.uniform(), 42L);
  }
}
