// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/**
 * Options of the user encoder that belong to no loss.
 *
 * @param iterations gradient steps, default 48
 * @param weighting what each interaction of a history weighs, default all the same
 */
@RecordBuilder
public record EncoderOptions(int iterations, HistoryWeighting weighting)
    implements EncoderOptionsBuilder.With {
  public EncoderOptions {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "encoder expects at least 1 gradient step, got " + iterations);
    }
  }

  /** The documented defaults. */
  public static EncoderOptions defaults() {
    return new EncoderOptions(48, HistoryWeighting.uniform());
  }
}
