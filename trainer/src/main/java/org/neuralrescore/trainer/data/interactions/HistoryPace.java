// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How fast people touch things: the age of the second, the tenth and the fortieth newest moment of
 * a history, by the median over the users who have so many. Shops sell once a month, films are
 * rated in one evening, and recency has to be counted in the data's own measure.
 */
public final class HistoryPace {
  private static final double DAYS_A_MILLI = 1 / Histories.MILLIS_A_DAY;

  /** Moments back, and the least weight that goes with a decay of that length. */
  private static final double[][] MOMENTS = {{1, 0.05}, {9, 0.1}, {39, 0.2}};

  /** Fewer users than that say nothing of the rest. */
  private static final double LEAST_SHARE = 0.1;

  private HistoryPace() {}

  /**
   * Weightings worth a try: all alike, and a decay over half the age of each moment.
   *
   * @param values what an interaction weighs by itself
   * @return all alike alone where there are no times
   */
  public static List<HistoryWeighting> weightings(Histories histories, CellValues values) {
    Set<HistoryWeighting> weightings = new LinkedHashSet<>();
    weightings.add(HistoryWeighting.uniform().withValues(values));
    for (double[] moment : MOMENTS) {
      OptionalDouble age = medianAge(histories, (int) moment[0]);
      if (age.isPresent() && age.getAsDouble() > 0) {
        weightings.add(new HistoryWeighting(moment[1], twoDigits(age.getAsDouble() / 2), values));
      }
    }
    return List.copyOf(weightings);
  }

  /** Days from the newest moment back to that many moments before it. */
  private static OptionalDouble medianAge(Histories histories, int back) {
    double[] ages = new double[histories.userCount()];
    int known = 0;
    for (int user = 0; user < histories.userCount(); user++) {
      OptionalDouble age = age(histories, user, back);
      if (age.isPresent()) {
        ages[known++] = age.getAsDouble();
      }
    }
    if (known == 0 || known < LEAST_SHARE * histories.userCount()) {
      return OptionalDouble.empty();
    }
    Arrays.sort(ages, 0, known);
    return OptionalDouble.of(ages[known / 2]);
  }

  private static OptionalDouble age(Histories histories, int user, int back) {
    int moments = 0;
    int position = histories.end(user) - 1;
    for (int p = position - 1; p >= histories.start(user); p--) {
      if (histories.time(p) != histories.time(p + 1) && ++moments == back) {
        return OptionalDouble.of((histories.time(position) - histories.time(p)) * DAYS_A_MILLI);
      }
    }
    return OptionalDouble.empty();
  }

  /** One that decays so many times as slowly, in days that can be typed. */
  public static HistoryWeighting slower(HistoryWeighting one, double times) {
    return one.withDecayDays(twoDigits(one.decayDays() * times));
  }

  /** So that it can be typed. */
  public static double twoDigits(double days) {
    double unit = Math.pow(10, Math.floor(Math.log10(days)) - 1);
    double rounded = Math.round(days / unit) * unit;
    return Double.parseDouble(String.format(Locale.ROOT, "%.3g", rounded));
  }
}
