// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.time.Instant;
import java.util.Arrays;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * One moment for all users: what happened after it is the test, the stretch before it of as many
 * interactions is the validation, and what came earlier is learned from. No model learns from the
 * future of any user (Meng et al. 2020, "Exploring Data Splitting Strategies").
 *
 * @param fraction the test's share of all interactions, above 0 and below 1/2
 */
public record GlobalTime(double fraction) implements SplitProtocol {
  public GlobalTime {
    if (!(fraction > 0) || !(fraction < 0.5)) {
      throw new IllegalArgumentException(
          "global-time split expects a fraction above 0 and below 1/2, got " + fraction);
    }
  }

  @Override
  public String label() {
    return "global-time:" + fraction;
  }

  @Override
  public Split split(Interactions data) {
    if (!data.timed()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "a split by global time needs times and the data has none; name a time column or choose"
              + " another protocol");
    }
    Histories all = data.histories();
    long[] times = new long[all.size()];
    for (int p = 0; p < times.length; p++) {
      times[p] = all.time(p);
    }
    Arrays.sort(times);
    int held = (int) (fraction * times.length);
    long testFrom = times[times.length - Math.max(1, held)];
    // Of coarse times, such as days, all of one moment are on one side.
    int earlier = times.length - Math.max(1, held);
    while (earlier > 0 && times[earlier - 1] == testFrom) {
      earlier--;
    }
    long validationFrom = earlier == 0 ? testFrom : times[Math.max(0, earlier - Math.max(1, held))];
    if (validationFrom == times[0]) {
      throw new UserError(
          UserError.Kind.INPUT,
          "nothing can be held out by "
              + label()
              + ": the times are too coarse, and the latest of them, from "
              + Instant.ofEpochMilli(validationFrom)
              + " on, are all there are; give finer or more of them, or choose another protocol");
    }
    Cut cut = new Cut(all);
    for (int p = 0; p < all.size(); p++) {
      if (all.time(p) >= testFrom) {
        cut.test(p, p + 1);
      } else if (all.time(p) >= validationFrom) {
        cut.validation(p, p + 1);
      }
    }
    return cut.split(label());
  }
}
