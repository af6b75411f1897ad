// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.quality;

import org.neuralrescore.trainer.bench.rating.RatingOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

/**
 * How the published figures are measured again. The defaults were not chosen on the data measured.
 *
 * @param ratings of the rating error, default as {@link RatingOptions#defaults}
 * @param factors of the NCF protocol, default as {@link ImplicitAlsOptions#defaults} with rank 192,
 *     that of the published figures
 * @param cutoff k of the NCF protocol, default 10
 * @param threads at most, default all processors
 */
public record QualityOptions(
    RatingOptions ratings, ImplicitAlsOptions factors, int cutoff, int threads) {
  public QualityOptions {
    if (cutoff < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "quality bench expects cut-off and threads of at least 1, got "
              + cutoff
              + ", "
              + threads);
    }
  }

  /** The documented defaults. */
  public static QualityOptions defaults() {
    return new QualityOptions(
        RatingOptions.defaults(),
        ImplicitAlsOptions.defaults().withRank(192),
        10,
        Runtime.getRuntime().availableProcessors());
  }
}
