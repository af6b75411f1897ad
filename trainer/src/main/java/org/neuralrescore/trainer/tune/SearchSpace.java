// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.Setting;

/**
 * The named space: every combination of some values of some options. What matters by its order of
 * magnitude has a log grid by default (Rendle et al. 2021 tune iALS so).
 *
 * @param axes values of each option, as {@code Axis} writes them, none twice
 */
public record SearchSpace(Map<Axis, List<String>> axes) {
  /** Combinations at most: a search looks at each of them once to draw. */
  private static final long MOST = 10_000_000;

  public SearchSpace {
    Map<Axis, List<String>> copy = new TreeMap<>();
    axes.forEach((axis, values) -> copy.put(axis, distinct(axis, values)));
    axes = Collections.unmodifiableMap(copy);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("search space expects at least one option");
    }
    long size = 1;
    for (List<String> values : axes.values()) {
      size *= values.size();
      if (size > MOST) {
        throw new IllegalArgumentException(
            "search space expects at most " + MOST + " combinations; leave out some values");
      }
    }
  }

  private static List<String> distinct(Axis axis, List<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "search space expects at least one value of " + axis.label());
    }
    Set<String> distinct = new LinkedHashSet<>();
    for (String value : values) {
      distinct.add(axis.canonical(value));
    }
    return List.copyOf(distinct);
  }

  /**
   * The documented default for factors by a method: recency, and what the method itself searches.
   */
  public static SearchSpace defaults(FactorMethod method) {
    Map<Axis, List<String>> axes = new TreeMap<>();
    axes.put(Axis.RECENCY, List.of("none", "7", "30", "90"));
    for (Axis axis : Axis.all(method)) {
      method
          .setting(axis.label())
          .map(Setting::search)
          .filter(values -> !values.isEmpty())
          .ifPresent(values -> axes.put(axis, values));
    }
    return new SearchSpace(axes);
  }

  /** The same with the values of an option in place of those that it had, or had not. */
  public SearchSpace with(Axis axis, List<String> values) {
    Map<Axis, List<String>> changed = new TreeMap<>(axes);
    changed.put(axis, values);
    return new SearchSpace(changed);
  }

  /**
   * The values that a person wrote: parted by commas, or {@code LOW:HIGH:COUNT} on a log grid.
   *
   * @throws IllegalArgumentException where one is no value of the option
   */
  public static List<String> values(Axis axis, String text) {
    String[] ends = text.split(":", -1);
    if (axis.hasGrid() && ends.length == 3) {
      AxisText texts = new AxisText(axis.label());
      return logGrid(texts.number(ends[0]), texts.number(ends[1]), texts.whole(ends[2].trim()));
    }
    return Stream.of(text.split(",", -1)).map(axis::canonical).toList();
  }

  /**
   * Values at equal ratios, both ends included, rounded to three significant digits so that they
   * can be typed.
   *
   * @param low above 0
   * @param high at least {@code low}
   * @param count at least 1; 1 gives {@code low} alone
   */
  static List<String> logGrid(double low, double high, int count) {
    if (!(low > 0) || !(high >= low) || Double.isInfinite(high) || count < 1) {
      throw new IllegalArgumentException(
          "log grid expects 0 < low <= high and a count of at least 1, got "
              + low
              + ":"
              + high
              + ":"
              + count);
    }
    List<String> grid = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double share = count == 1 ? 0 : i / (double) (count - 1);
      double value = low * Math.pow(high / low, share);
      grid.add(Double.toString(new BigDecimal(value).round(new MathContext(3)).doubleValue()));
    }
    return grid;
  }

  /** The same without an option, which stays as it was given. */
  public SearchSpace without(Axis axis) {
    Map<Axis, List<String>> changed = new TreeMap<>(axes);
    changed.remove(axis);
    return new SearchSpace(changed);
  }

  /**
   * Some options with every value of the space, one at a time.
   *
   * @throws IllegalArgumentException where no factorisation or network takes a value
   */
  public List<TrialOptions> each(TrialOptions base) {
    return axes.entrySet().stream()
        .flatMap(axis -> axis.getValue().stream().map(value -> axis.getKey().apply(base, value)))
        .toList();
  }

  /**
   * Refuses what could not be tried, before anything is.
   *
   * @throws IllegalArgumentException naming the option
   */
  void check(TrialOptions base) {
    for (Axis axis : axes.keySet()) {
      if (!Axis.all(base.method()).contains(axis)) {
        throw new IllegalArgumentException(
            axis.label() + " is no option of --factors " + base.method().label());
      }
    }
    List<TrialOptions> unused = each(base);
  }

  /** Whether trials train a network. */
  boolean ofScorer() {
    return axes.keySet().stream().anyMatch(Axis::ofScorer);
  }

  /** The number of combinations. */
  public long size() {
    return axes.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * b);
  }

  /** The point where some options stand. */
  Candidate of(TrialOptions options) {
    Map<Axis, String> values = new TreeMap<>();
    axes.keySet().forEach(axis -> values.put(axis, axis.of(options)));
    return new Candidate(values);
  }

  /** One combination, {@code index} from 0 to size - 1, the last axis moving fastest. */
  Candidate candidate(long index) {
    Map<Axis, String> values = new TreeMap<>();
    long rest = index;
    List<Axis> order = new ArrayList<>(axes.keySet());
    Collections.reverse(order);
    for (Axis axis : order) {
      List<String> choices = axes.get(axis);
      values.put(axis, choices.get((int) (rest % choices.size())));
      rest /= choices.size();
    }
    return new Candidate(values);
  }

  /** Combinations drawn without repetition, in the order of the space; all where it has no more. */
  List<Candidate> draw(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> drawn = new ArrayList<>();
    long missing = Math.min(count, size());
    for (long index = 0; missing > 0; index++) {
      if (random.nextLong(size() - index) < missing) {
        drawn.add(candidate(index));
        missing--;
      }
    }
    return drawn;
  }
}
