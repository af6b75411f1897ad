// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.Locale;

/**
 * How much each interaction of a history says about what its user wants now: {@code value (floor +
 * (1 - floor) exp(-age / decayDays))}, age counted back from the last interaction of the same
 * history, so that the newest weighs 1 and none weighs less than {@code floor}.
 *
 * @param floor from above 0 to 1; 1 weighs all the same
 * @param decayDays the age in days at which the part above the floor has fallen to 1/e
 * @param values what an interaction weighs by itself, as in the matrix that was factorised
 */
@RecordBuilder
public record HistoryWeighting(double floor, double decayDays, CellValues values)
    implements HistoryWeightingBuilder.With {
  public HistoryWeighting {
    if (!(floor > 0) || !(floor <= 1) || !(decayDays > 0) || Double.isInfinite(decayDays)) {
      throw new IllegalArgumentException(
          "history weighting expects 0 < floor <= 1 and decayDays > 0, got "
              + floor
              + ", "
              + decayDays);
    }
  }

  /** With interactions that weigh the same by themselves. */
  public HistoryWeighting(double floor, double decayDays) {
    this(floor, decayDays, CellValues.ONE);
  }

  /** Every interaction weighs 1. */
  public static HistoryWeighting uniform() {
    return new HistoryWeighting(1.0, 1.0);
  }

  /** A few words for a person. */
  public String describe() {
    return floor == 1
        ? "all alike"
        : String.format(
            Locale.ROOT,
            "by age, %s days, floor %s",
            Double.toString(decayDays),
            Double.toString(floor));
  }

  /** What is left of the part above the floor after some time: {@code exp(-age / decayDays)}. */
  public double decay(long millis) {
    return Math.exp(-millis / Histories.MILLIS_A_DAY / decayDays);
  }

  /**
   * The weights of the positions {@code start(user) .. until - 1}, the age counted from the last of
   * them.
   *
   * @return [until - start], positive, new
   */
  public float[] weights(Histories histories, int user, int until) {
    int from = histories.start(user);
    float[] weights = new float[until - from];
    if (floor == 1.0 && values == CellValues.ONE) {
      Arrays.fill(weights, 1f);
      return weights;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weight(histories, from + i, histories.time(until - 1));
    }
    return weights;
  }

  /**
   * The weight of one position.
   *
   * @param now epoch milliseconds that the age is counted back from, not before the position's time
   * @return positive
   */
  public float weight(Histories histories, int position, long now) {
    double recency =
        floor == 1.0 ? 1.0 : floor + (1 - floor) * decay(now - histories.time(position));
    return (float) (values.of(histories, position) * recency);
  }
}
