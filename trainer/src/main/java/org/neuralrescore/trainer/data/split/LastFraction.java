// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * The last part of every user's history by time is the test and the part before it, of the same
 * length, the validation; users in whom either would be empty are learned from and not asked about.
 *
 * @param fraction the test's share of a history, above 0 and below 1/2, rounded down
 */
public record LastFraction(double fraction) implements SplitProtocol {
  public LastFraction {
    if (!(fraction > 0) || !(fraction < 0.5)) {
      throw new IllegalArgumentException(
          "last-fraction split expects a fraction above 0 and below 1/2, got " + fraction);
    }
  }

  @Override
  public String label() {
    return "last-fraction:" + fraction;
  }

  @Override
  public Split split(Interactions data) {
    Histories all = data.histories();
    Cut cut = new Cut(all);
    for (int u = 0; u < all.userCount(); u++) {
      int held = (int) (fraction * all.length(u));
      int end = all.end(u);
      cut.test(end - held, end);
      cut.validation(end - 2 * held, end - held);
    }
    return cut.split(label());
  }
}
