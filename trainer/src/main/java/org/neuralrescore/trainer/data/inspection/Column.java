// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.inspection;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.data.interactions.TimeParser;

/**
 * What a sample says of one column.
 *
 * @param name of the header, or by position
 * @param place from 0
 * @param rows how many
 * @param distinct how many different values
 * @param blanks how many without a value
 * @param numbers whether every value is a number
 * @param whole whether every value is a whole number
 * @param low the smallest, where all are numbers
 * @param high the largest, where all are numbers
 * @param times how its times are spelled, where every value is a time of our age
 * @param timed the share of values that are times of our age, from 0 to 1
 * @param odd the first value that is no time, or none in the spelling of those before it; empty
 *     where there is none, or the value is blank
 * @param meanLength in characters
 * @param spaced the share of values with a space inside, from 0 to 1
 * @param opinion whether all its values say yes or no in words, and both are there
 * @param thousands whether it has commas, and three digits behind each of them
 */
record Column(
    String name,
    int place,
    int rows,
    int distinct,
    int blanks,
    boolean numbers,
    boolean whole,
    double low,
    double high,
    Optional<TimeParser.Spelling> times,
    double timed,
    String odd,
    double meanLength,
    double spaced,
    boolean opinion,
    boolean thousands) {
  /** What says yes and what no. */
  private static final List<Set<String>> OPINIONS =
      List.of(
          Set.of("true", "false"),
          Set.of("t", "f"),
          Set.of("yes", "no"),
          Set.of("y", "n"),
          Set.of("up", "down"),
          Set.of("like", "dislike"),
          Set.of("liked", "disliked"),
          Set.of("positive", "negative"),
          Set.of("ja", "nein"));

  /** Before it hardly anything was logged; ids that look like seconds mostly lie outside. */
  private static final Instant OLDEST = Instant.parse("1990-01-01T00:00:00Z");

  private static final Instant YOUNGEST = Instant.parse("2060-01-01T00:00:00Z");

  /** Of a table without rows. */
  static Column empty(String name, int place) {
    return new Column(
        name, place, 0, 0, 0, false, false, 0, 0, Optional.empty(), 0, "", 0, 0, false, false);
  }

  /**
   * Looks at values.
   *
   * @param decimalComma whether 4,5 is a number, as the readers of the file take it
   */
  static Column of(String name, int place, List<String> values, boolean decimalComma) {
    Set<String> distinct = new HashSet<>(values);
    int blanks = 0;
    boolean numbers = true;
    boolean whole = true;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    Set<Optional<TimeParser.Spelling>> spellings = new HashSet<>();
    int timed = 0;
    String odd = "";
    double length = 0;
    double spaced = 0;
    for (String value : values) {
      blanks += value.isEmpty() ? 1 : 0;
      Optional<Double> number = number(value, decimalComma);
      numbers &= number.isPresent();
      whole &= number.isPresent() && value.matches("[+-]?\\d+");
      low = Math.min(low, number.orElse(low));
      high = Math.max(high, number.orElse(high));
      Optional<TimeParser.Spelling> spelling = time(value);
      spellings.add(spelling);
      timed += spelling.isPresent() ? 1 : 0;
      odd = odd.isEmpty() && (spelling.isEmpty() || spellings.size() > 1) ? value : odd;
      length += value.length();
      spaced += value.indexOf(' ') > 0 ? 1 : 0;
    }
    boolean times = spellings.size() == 1 && !spellings.contains(Optional.empty());
    return new Column(
        name,
        place,
        values.size(),
        distinct.size(),
        blanks,
        numbers,
        whole,
        low,
        high,
        times ? spellings.iterator().next() : Optional.empty(),
        (double) timed / values.size(),
        odd,
        length / values.size(),
        spaced / values.size(),
        OPINIONS.contains(
            distinct.stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet())),
        hasThousands(values));
  }

  private static boolean hasThousands(List<String> values) {
    List<String> commas = values.stream().filter(value -> value.indexOf(',') >= 0).toList();
    return !commas.isEmpty()
        && commas.stream().allMatch(value -> value.matches("[+-]?\\d{1,3}(,\\d{3})+"));
  }

  private static Optional<TimeParser.Spelling> time(String value) {
    return TimeParser.parse(value)
        .filter(
            time ->
                time.millis() >= OLDEST.toEpochMilli() && time.millis() < YOUNGEST.toEpochMilli())
        .map(TimeParser.Time::spelling);
  }

  private static Optional<Double> number(String value, boolean decimalComma) {
    if ((!decimalComma && value.indexOf(',') >= 0)
        || !value.matches("[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d{1,2})?")) {
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(value.replace(',', '.')));
  }

  /** Whether its name has one of these words. */
  boolean isNamed(Set<String> words) {
    return words().stream().anyMatch(word -> isOneOf(word, words));
  }

  /**
   * Whether the last word of its name is one of these: it says what the column is, as in "book
   * rating".
   */
  boolean endsIn(Set<String> words) {
    List<String> own = words();
    return isOneOf(own.get(own.size() - 1), words);
  }

  /** Whether its name is one of these words and no other. */
  boolean isCalled(Set<String> words) {
    return words().size() == 1 && isNamed(words);
  }

  /** Whether it says how much somebody made of something: a tax rate is none, nor a unit price. */
  boolean isNamedRating() {
    return isNamed(Words.RATING)
        && !endsIn(Words.NO_RATING)
        && (!isNamed(Words.NO_RATING) || isNamed(Words.SURE_RATING));
  }

  private List<String> words() {
    String parted = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return List.of(parted.split("[^\\p{L}\\p{N}]+", -1));
  }

  private static boolean isOneOf(String word, Set<String> words) {
    return words.contains(word) || words.contains(word.replaceAll("(id|s|no|nr|code)$", ""));
  }

  /** Whether every row has a value. */
  boolean isFull() {
    return blanks == 0;
  }
}
