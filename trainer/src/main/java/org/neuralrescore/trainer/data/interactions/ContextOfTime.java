// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/** Context that an interaction's time has in it. UTC: a search says in the same way when it is. */
public final class ContextOfTime {
  /** 0 to 23. */
  static final String HOUR = "hour";

  /** {@code monday} to {@code sunday}. */
  static final String WEEKDAY = "weekday";

  private ContextOfTime() {}

  /** Whether a column of this name can be made of a time. */
  public static boolean is(String column) {
    return column.equals(HOUR) || column.equals(WEEKDAY);
  }

  /**
   * A time's value of such a column.
   *
   * @throws IllegalArgumentException where the column is no such
   */
  static String value(String column, long epochMillis) {
    ZonedDateTime time = Instant.ofEpochMilli(epochMillis).atZone(ZoneOffset.UTC);
    return switch (column) {
      case HOUR -> Integer.toString(time.getHour());
      case WEEKDAY -> time.getDayOfWeek().name().toLowerCase(Locale.ROOT);
      default -> throw new IllegalArgumentException("no time has [" + column + "]");
    };
  }
}
