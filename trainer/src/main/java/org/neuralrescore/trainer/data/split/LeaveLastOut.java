// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * Of every user with at least three items the last by time is the test and the one before it the
 * validation; equal times are in the order of lines. Users with fewer items are learned from and
 * not asked about.
 */
public record LeaveLastOut() implements SplitProtocol {
  private static final int MIN_ITEMS = 3;

  @Override
  public String label() {
    return "leave-last-out";
  }

  @Override
  public Split split(Interactions data) {
    Histories all = data.histories();
    Cut cut = new Cut(all);
    boolean any = false;
    for (int u = 0; u < all.userCount(); u++) {
      if (all.length(u) >= MIN_ITEMS) {
        int last = all.end(u) - 1;
        cut.test(last, last + 1);
        cut.validation(last - 1, last);
        any = true;
      }
    }
    if (!any) {
      throw new UserError(
          UserError.Kind.INPUT,
          "no user has "
              + MIN_ITEMS
              + " items or more, so nothing can be held out; give more interactions, or train without"
              + " an evaluation by --protocol none");
    }
    return cut.split(label());
  }
}
