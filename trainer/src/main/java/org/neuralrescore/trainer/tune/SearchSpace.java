package org.neuralrescore.trainer.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.dataset.HistoryWeighting;

/**
 * The named space: every combination of these values. Rank, alpha0 and lambda matter by their order
 * of magnitude, so theirs are log grids (Rendle et al. 2021 tune iALS so).
 *
 * @param ranks k, default 32, 64
 * @param alpha0s default 0.03 to 1 in four steps
 * @param lambdas default 0.001 to 0.1 in five steps
 * @param weightings default uniform, and floor 0.1 with 7, 30 and 90 days
 */
public record SearchSpace(
    List<Integer> ranks,
    List<Double> alpha0s,
    List<Double> lambdas,
    List<HistoryWeighting> weightings) {
  public SearchSpace {
    ranks = distinct("ranks", ranks);
    alpha0s = distinct("alpha0", alpha0s);
    lambdas = distinct("lambda", lambdas);
    weightings = distinct("recency", weightings);
    require("ranks", ranks.stream().allMatch(v -> v >= 1), ranks);
    require("alpha0", alpha0s.stream().allMatch(v -> v > 0 && v < 1e6), alpha0s);
    require("lambda", lambdas.stream().allMatch(v -> v > 0 && v < 1e6), lambdas);
  }

  private static <T> List<T> distinct(String name, List<T> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("search space expects at least one value of " + name);
    }
    return List.copyOf(new LinkedHashSet<>(values));
  }

  private static void require(String name, boolean holds, List<?> values) {
    if (!holds) {
      throw new IllegalArgumentException(
          "search space expects positive values of " + name + ", got " + values);
    }
  }

  /** The documented default. */
  public static SearchSpace defaults() {
    return new SearchSpace(
        List.of(32, 64),
        logGrid(0.03, 1, 4),
        logGrid(0.001, 0.1, 5),
        List.of(
            HistoryWeighting.uniform(),
            new HistoryWeighting(0.1, 7),
            new HistoryWeighting(0.1, 30),
            new HistoryWeighting(0.1, 90)));
  }

  /**
   * Values at equal ratios, both ends included, rounded to three significant digits so that they
   * can be typed.
   *
   * @param low above 0
   * @param high at least {@code low}
   * @param count at least 1; 1 gives {@code low} alone
   */
  public static List<Double> logGrid(double low, double high, int count) {
    if (!(low > 0) || !(high >= low) || Double.isInfinite(high) || count < 1) {
      throw new IllegalArgumentException(
          "log grid expects 0 < low <= high and a count of at least 1, got "
              + low
              + ":"
              + high
              + ":"
              + count);
    }
    List<Double> grid = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double share = count == 1 ? 0 : i / (double) (count - 1);
      double value = low * Math.pow(high / low, share);
      grid.add(new BigDecimal(value).round(new MathContext(3)).doubleValue());
    }
    return grid;
  }

  /** The number of combinations. */
  public long size() {
    return (long) ranks.size() * alpha0s.size() * lambdas.size() * weightings.size();
  }

  /** One combination, {@code index} from 0 to size - 1, the weighting moving fastest. */
  Candidate candidate(long index) {
    int w = (int) (index % weightings.size());
    long rest = index / weightings.size();
    int l = (int) (rest % lambdas.size());
    rest /= lambdas.size();
    int a = (int) (rest % alpha0s.size());
    int r = (int) (rest / alpha0s.size());
    return new Candidate(ranks.get(r), alpha0s.get(a), lambdas.get(l), weightings.get(w));
  }

  /** Combinations drawn without repetition, in the order of the space; all where it has no more. */
  List<Candidate> draw(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> drawn = new ArrayList<>();
    long missing = Math.min(count, size());
    for (long index = 0; index < size(); index++) {
      if (random.nextLong(size() - index) < missing) {
        drawn.add(candidate(index));
        missing--;
      }
    }
    return drawn;
  }
}
