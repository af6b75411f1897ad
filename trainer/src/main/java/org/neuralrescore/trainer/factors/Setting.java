// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One option of a method as a person writes it: a flag of {@code train} and, where it is worth a
 * search, an axis of one.
 *
 * @param name as on the command line, without the dashes
 * @param takes what stands for a value in help
 * @param description what it is, in one line, without its default
 * @param grid whether its values are numbers of which a log grid can be made
 * @param search values that a search tries by default; empty where it tries none by itself
 * @param role what a search does with it
 * @param canonical the one text of a value
 * @param reader the value that options have, as {@code canonical} gives it
 * @param writer options with a value in place of theirs
 */
public record Setting(
    String name,
    String takes,
    String description,
    boolean grid,
    List<String> search,
    Role role,
    UnaryOperator<String> canonical,
    Function<FactorOptions, String> reader,
    BiFunction<FactorOptions, String, FactorOptions> writer) {

  /** What a search does with a setting. */
  public enum Role {
    /** No search varies it. */
    FIXED,
    /** It is an axis of a search that names it. */
    AXIS,
    /** As that, and what is chosen by default walks along it, since it has to follow the data. */
    WALKED
  }

  /** The one text of a value. */
  public String canonical(String text) {
    return canonical.apply(text.trim());
  }

  /** The value that options have. */
  public String get(FactorOptions options) {
    return reader.apply(options);
  }

  /** Options with another value, as {@link #canonical} gave it. */
  public FactorOptions set(FactorOptions options, String value) {
    return writer.apply(options, value);
  }

  /** The same, with values that a search tries by default. */
  public Setting tried(String... values) {
    return in(Stream.of(values).map(this::canonical).toList(), Role.AXIS);
  }

  /** The same, which no search names. */
  public Setting fixed() {
    return in(search, Role.FIXED);
  }

  /** The same number, along which a search walks. */
  public Setting walked() {
    return in(search, Role.WALKED);
  }

  private Setting in(List<String> values, Role of) {
    return new Setting(name, takes, description, grid, values, of, canonical, reader, writer);
  }

  /** k, of every method. */
  public static Setting rank() {
    return Setting.<FactorOptions>whole(
            "rank", "K", "Factors", FactorOptions::rank, FactorOptions::ofRank)
        .tried("32", "64");
  }

  /** Sweeps, of every method. */
  public static Setting sweeps(String what) {
    return Setting.<FactorOptions>whole(
            "sweeps", "N", what, FactorOptions::sweeps, FactorOptions::ofSweeps)
        .fixed();
  }

  /** A finite number. */
  public static <O extends FactorOptions> Setting number(
      String name, String description, Function<O, Double> get, BiFunction<O, Double, O> set) {
    return of(
        name,
        "X",
        description,
        true,
        text -> Double.toString(finite(name, text)),
        get.andThen(value -> Double.toString(value)),
        (O options, String text) -> set.apply(options, finite(name, text)));
  }

  /** A whole number. */
  public static <O extends FactorOptions> Setting whole(
      String name,
      String takes,
      String description,
      Function<O, Integer> get,
      BiFunction<O, Integer, O> set) {
    return of(
        name,
        takes,
        description,
        false,
        text -> Integer.toString(integer(name, text)),
        get.andThen(value -> Integer.toString(value)),
        (O options, String text) -> set.apply(options, integer(name, text)));
  }

  /** A whole number, or a word for the largest. */
  public static <O extends FactorOptions> Setting wholeOr(
      String all,
      String name,
      String description,
      Function<O, Integer> get,
      BiFunction<O, Integer, O> set) {
    return of(
        name,
        "N|" + all,
        description,
        false,
        text -> text.equals(all) ? all : Integer.toString(integer(name, text)),
        get.andThen(value -> value == Integer.MAX_VALUE ? all : Integer.toString(value)),
        (O options, String text) ->
            set.apply(options, text.equals(all) ? Integer.MAX_VALUE : integer(name, text)));
  }

  /**
   * One of some names.
   *
   * @param choices what may be chosen, by the text that {@code label} gives
   */
  public static <O extends FactorOptions, T> Setting choice(
      String name,
      String description,
      List<T> choices,
      Function<T, String> label,
      Function<O, T> get,
      BiFunction<O, T, O> set) {
    String names = choices.stream().map(label).collect(Collectors.joining("|"));
    Function<String, T> chosen =
        text ->
            choices.stream()
                .filter(one -> label.apply(one).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> refused(name, text, "one of " + names.replace("|", ", ")));
    return of(
            name,
            names,
            description,
            false,
            chosen.andThen(label)::apply,
            get.andThen(label),
            (O options, String text) -> set.apply(options, chosen.apply(text)))
        .fixed();
  }

  @SuppressWarnings("unchecked") // A method's settings are given its own options alone.
  private static <O extends FactorOptions> Setting of(
      String name,
      String takes,
      String description,
      boolean grid,
      UnaryOperator<String> canonical,
      Function<O, String> get,
      BiFunction<O, String, O> set) {
    return new Setting(
        name,
        takes,
        description,
        grid,
        List.of(),
        Role.AXIS,
        canonical,
        options -> get.apply((O) options),
        (options, value) -> set.apply((O) options, value));
  }

  private static double finite(String name, String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, as what is not finite is.
    }
    throw refused(name, text, "a number");
  }

  private static int integer(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw refused(name, text, "a whole number");
    }
  }

  private static IllegalArgumentException refused(String name, String text, String takes) {
    return new IllegalArgumentException(
        "[" + text + "] is no value of " + name + ", which takes " + takes);
  }
}
