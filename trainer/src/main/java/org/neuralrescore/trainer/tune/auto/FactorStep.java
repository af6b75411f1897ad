// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.Setting;

/**
 * A step along an option that has to follow the data: dense data wants a large weight of what
 * nobody touched, sparse data a small one, and few interactions a strong ridge.
 *
 * @param option a number
 * @param times what it is multiplied by
 */
record FactorStep(Setting option, double times) {

  /** Along what a search walks from a candidate: what its method says of itself. */
  static List<Setting> options(AutoCandidate candidate) {
    return candidate.factors().method().settings().stream()
        .filter(setting -> setting.role() == Setting.Role.WALKED)
        .toList();
  }

  /** The candidate with so many times its option. */
  AutoCandidate of(AutoCandidate candidate) {
    FactorOptions factors = candidate.factors();
    double value = times * Double.parseDouble(option.get(factors));
    return candidate.withFactors(option.set(factors, rounded(value)));
  }

  /** So that it can be typed. */
  private String rounded(double value) {
    return option.canonical(String.format(Locale.ROOT, "%.1e", value));
  }
}
