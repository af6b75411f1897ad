// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.Arrays;
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
    boolean[] inFit = new boolean[all.size()];
    boolean[] inRefit = new boolean[all.size()];
    Arrays.fill(inFit, true);
    Arrays.fill(inRefit, true);
    int[] users = new int[all.userCount()];
    int[][] validation = new int[all.userCount()][];
    int[][] test = new int[all.userCount()][];
    int[] lasts = new int[all.userCount()];
    int cases = 0;
    for (int u = 0; u < all.userCount(); u++) {
      if (all.length(u) >= MIN_ITEMS) {
        int last = all.end(u) - 1;
        inFit[last] = false;
        inFit[last - 1] = false;
        inRefit[last] = false;
        users[cases] = u;
        lasts[cases] = last;
        validation[cases] = new int[] {all.item(last - 1)};
        test[cases] = new int[] {all.item(last)};
        cases++;
      }
    }
    if (cases == 0) {
      throw new UserError(
          UserError.Kind.INPUT,
          "no user has "
              + MIN_ITEMS
              + " items or more, so nothing can be held out; give more interactions, or train without"
              + " an evaluation by --protocol none");
    }
    Histories fit = all.select(inFit);
    Histories refit = all.select(inRefit);
    int[] asked = Arrays.copyOf(users, cases);
    int[] tests = Arrays.copyOf(lasts, cases);
    int[] validations = Arrays.stream(tests).map(last -> last - 1).toArray();
    return new Split(
        fit,
        new EvaluationSet(
            fit, asked, Arrays.copyOf(validation, cases), all.context().select(validations)),
        refit,
        new EvaluationSet(
            refit, asked.clone(), Arrays.copyOf(test, cases), all.context().select(tests)));
  }
}
