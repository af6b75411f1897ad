// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.feature;

import java.util.Locale;

/** What a scorer can be told of an item beside its factors. */
public enum ItemFeature {
  /** {@code log(1 + n)} of the n interactions of the item in what was learned from. */
  POPULARITY,
  /**
   * {@code log(1 + d)} of the d days from the item's first interaction to the end of what was
   * learned from: a day matters in the first week and not in the third year.
   */
  AGE,
  /** A dense vector of words, images or anything else that a file brought. */
  CONTENT;

  /** Its name in flags, reports, graphs and fields. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
