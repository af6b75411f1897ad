// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time in the spellings that interaction files use: epoch seconds, milliseconds,
 * microseconds and nanoseconds, whole or with a fraction or an exponent; dates and date-times of
 * digits alone; ISO dates and date-times with a {@code T} or a space, their date also parted by
 * slashes, {@code UTC} or a zone in brackets behind them; days first where dots part the date.
 * Without an offset it is UTC. Dates with the month or the day before slashes are not read, for
 * nobody can tell which it is.
 */
public final class TimeParser {
  /** How a time is spelled. A column has one spelling; a mixture is a mistake. */
  public enum Spelling {
    /** Since 1970. */
    SECONDS("epoch seconds", 1_000_000),
    /** Since 1970. */
    MILLISECONDS("epoch milliseconds", 1_000),
    /** Since 1970. */
    MICROSECONDS("epoch microseconds", 1),
    /** Since 1970. */
    NANOSECONDS("epoch nanoseconds", 0),
    /** {@code 20200131}. */
    DIGITS("dates of digits", 0),
    /** {@code 2020-01-31}, {@code 2020-01-31T12:00:00Z}. */
    ISO("ISO dates", 0),
    /** {@code 31.01.2020}, {@code 31.01.2020 12:00}. */
    DOTTED("dates with the day first", 0);

    private final String label;
    private final long micros;

    Spelling(String label, long micros) {
      this.label = label;
      this.micros = micros;
    }

    /** In words, such as {@code epoch seconds}. */
    public String label() {
      return label;
    }
  }

  /**
   * A time.
   *
   * @param spelling how it was written
   * @param millis since 1970
   */
  public record Time(Spelling spelling, long millis) {}

  /** From here on a number is milliseconds: as seconds it would be the year 5138. */
  private static final double MILLISECONDS_FROM = 1e11;

  /** From here on microseconds: the year 1973, and as milliseconds 5138. */
  private static final double MICROSECONDS_FROM = 1e14;

  private static final double NANOSECONDS_FROM = 1e17;

  /** Behind it no shop has sold anything: whatever says so is in another unit. */
  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+\\.?[0-9]*([eE]\\+?[0-9]{1,2})?");
  private static final Pattern OFFSET = Pattern.compile(".*[+-]\\d\\d(:?\\d\\d)?");

  private static final Pattern SHORT_OFFSET = Pattern.compile(".*[+-]\\d{4}");

  /** As spreadsheets write it. */
  private static final Pattern ONE_DIGIT_HOUR = Pattern.compile("T\\d:");

  private static final Pattern DOTTED =
      Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})(|[ T].*)");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private TimeParser() {}

  /** The time, or empty where the text is none, or one that no data has: from the year 2200 on. */
  public static Optional<Time> parse(String text) {
    try {
      return number(text).or(() -> iso(text)).filter(time -> time.millis() < END.toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Time> number(String text) {
    if (isWholeNumber(text)) {
      Optional<Time> digits = ofDigits(text);
      return digits.isPresent() ? digits : Optional.of(epoch(Long.parseLong(text)));
    }
    if (text.isEmpty() || text.length() > 30 || !NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(text.endsWith(".") ? text + "0" : text);
    Spelling spelling = spelling(value.doubleValue());
    BigDecimal millis =
        spelling == Spelling.NANOSECONDS
            ? value.movePointLeft(6)
            : value.multiply(BigDecimal.valueOf(spelling.micros)).movePointLeft(3);
    return Optional.of(new Time(spelling, millis.toBigInteger().longValueExact()));
  }

  private static Time epoch(long number) {
    Spelling spelling = spelling((double) number);
    long millis =
        switch (spelling) {
          case SECONDS -> number * 1000;
          case MILLISECONDS -> number;
          case MICROSECONDS -> Math.floorDiv(number, 1000);
          default -> Math.floorDiv(number, 1_000_000);
        };
    return new Time(spelling, millis);
  }

  private static Spelling spelling(double number) {
    double size = Math.abs(number);
    return size >= NANOSECONDS_FROM
        ? Spelling.NANOSECONDS
        : size >= MICROSECONDS_FROM
            ? Spelling.MICROSECONDS
            : size >= MILLISECONDS_FROM ? Spelling.MILLISECONDS : Spelling.SECONDS;
  }

  /**
   * {@code 20200131} or {@code 20200131123000}, of a year from 1900 to 2099. As seconds the former
   * would be a day of August 1970, and as milliseconds the latter the year 2610: neither is meant.
   */
  private static Optional<Time> ofDigits(String text) {
    boolean date = text.length() == 8;
    boolean century = text.startsWith("19") || text.startsWith("20");
    if (!century || (!date && text.length() != 14)) {
      return Optional.empty();
    }
    try {
      LocalDateTime time =
          date ? LocalDate.parse(text, DATE).atStartOfDay() : LocalDateTime.parse(text, DATE_TIME);
      return Optional.of(new Time(Spelling.DIGITS, time.toInstant(ZoneOffset.UTC).toEpochMilli()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** One to eighteen digits (nineteen below 2^63), perhaps behind a minus; asked of every line. */
  private static boolean isWholeNumber(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - from;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return digits >= 1 && (digits <= 18 || (digits == 19 && text.charAt(from) < '9'));
  }

  private static Optional<Time> iso(String text) {
    Matcher dotted = DOTTED.matcher(text);
    boolean dayFirst = dotted.matches();
    String iso = dayFirst ? yearFirst(dotted) : text;
    if (iso.length() > 10) {
      iso = withTime(iso);
    }
    if (iso.length() >= 10 && iso.charAt(4) == '/' && iso.charAt(7) == '/') {
      iso = iso.substring(0, 4) + '-' + iso.substring(5, 7) + '-' + iso.substring(8);
    }
    Spelling spelling = dayFirst ? Spelling.DOTTED : Spelling.ISO;
    return Optional.of(new Time(spelling, parseIso(iso).toEpochMilli()));
  }

  private static String yearFirst(Matcher dotted) {
    return String.format(
        Locale.ROOT,
        "%s-%02d-%02d%s",
        dotted.group(3),
        Integer.parseInt(dotted.group(2)),
        Integer.parseInt(dotted.group(1)),
        dotted.group(4));
  }

  /** With a T before the time of day, and the offset right behind it. */
  private static String withTime(String text) {
    String behind = text.charAt(10) == ' ' ? "T" + text.substring(11) : text.substring(10);
    if (ONE_DIGIT_HOUR.matcher(behind).lookingAt()) {
      behind = "T0" + behind.substring(1);
    }
    int bracket = behind.indexOf('[');
    // The offset says it all; without one the zone would be passed over.
    if (bracket > 0 && behind.endsWith("]") && hasOffset(behind.substring(0, bracket))) {
      behind = behind.substring(0, bracket);
    }
    if (behind.endsWith("UTC") || behind.endsWith("GMT")) {
      behind = behind.substring(0, behind.length() - 3) + "Z";
    }
    int minutes = behind.length() - 2;
    if (SHORT_OFFSET.matcher(behind).matches()) {
      behind = behind.substring(0, minutes) + ":" + behind.substring(minutes);
    }
    return text.substring(0, 10) + behind.replace(" ", "");
  }

  private static boolean hasOffset(String text) {
    return text.endsWith("Z") || OFFSET.matcher(text).matches();
  }

  private static Instant parseIso(String text) {
    if (text.length() <= "2011-12-09".length()) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean offset = hasOffset(text);
    boolean dateOnly = text.indexOf('T') < 0;
    if (dateOnly) {
      throw new DateTimeException("no time of day");
    }
    return offset && text.length() > "2011-12-09T12:50".length()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
