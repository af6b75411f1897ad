// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

/**
 * An option that has to follow the data, and along which a search walks: dense data wants a large
 * weight of what nobody touched, sparse data a small one, and few interactions a strong ridge.
 */
enum FactorStep {
  /** The weight of what was not touched. */
  ALPHA0 {
    @Override
    ImplicitAlsOptions times(ImplicitAlsOptions options, double times) {
      return options.withAlpha0(rounded(options.alpha0() * times));
    }
  },
  /** The ridge. */
  LAMBDA {
    @Override
    ImplicitAlsOptions times(ImplicitAlsOptions options, double times) {
      return options.withLambda(rounded(options.lambda() * times));
    }
  };

  abstract ImplicitAlsOptions times(ImplicitAlsOptions options, double times);

  /** Whether a candidate's method has these options. */
  static boolean apply(AutoCandidate candidate) {
    return candidate.factors() instanceof ImplicitAlsOptions;
  }

  /** The candidate with so many times its option; empty where its method has none. */
  Optional<AutoCandidate> of(AutoCandidate candidate, double times) {
    FactorOptions factors = candidate.factors();
    return factors instanceof ImplicitAlsOptions options
        ? Optional.of(candidate.withFactors(times(options, times)))
        : Optional.empty();
  }

  /** So that it can be typed. */
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.1e", value));
  }
}
