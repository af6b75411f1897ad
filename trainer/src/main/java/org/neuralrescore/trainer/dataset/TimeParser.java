package org.neuralrescore.trainer.dataset;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Reads a time in the spellings that interaction files use: epoch seconds, epoch milliseconds, ISO
 * dates and date-times with a {@code T} or a space. Without an offset it is UTC.
 */
final class TimeParser {
  /** From here on a whole number is milliseconds: as seconds it would be the year 5138. */
  private static final long MILLISECONDS_FROM = 100_000_000_000L;

  private TimeParser() {}

  /** Epoch milliseconds, or empty where the text is no time. */
  static OptionalLong parse(String text) {
    if (isWholeNumber(text)) {
      long number = Long.parseLong(text);
      return OptionalLong.of(Math.abs(number) >= MILLISECONDS_FROM ? number : number * 1000);
    }
    try {
      return OptionalLong.of(parseIso(text.replace(' ', 'T')).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** One to eighteen digits, perhaps behind a minus; by hand, since it is asked of every line. */
  private static boolean isWholeNumber(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - from;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return digits >= 1 && digits <= 18;
  }

  private static Instant parseIso(String text) {
    if (text.length() <= "2011-12-09".length()) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean offset = text.endsWith("Z") || text.matches(".*[+-]\\d\\d(:?\\d\\d)?");
    boolean dateOnly = text.indexOf('T') < 0;
    if (dateOnly) {
      throw new DateTimeException("no time of day");
    }
    return offset && text.length() > "2011-12-09T12:50".length()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
