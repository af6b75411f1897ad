// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.wide.Closeness;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.WideOptions;
import picocli.CommandLine.Option;

/** What goes with what beside the factors, as flags. */
final class WideFlags {
  /** Ways to learn at most: each is learned and judged. */
  private static final int MOST_WAYS = 100;

  @Option(
      names = "--wide",
      split = ",",
      paramLabel = "together|each|near|signed|next|both",
      description =
          "Learn for every item the few items that speak for it and let the scorer read what its"
              + " user's history says: together, by what goes with what in whole histories; each, the same with"
              + " every neighbour asked by itself, for large catalogues of which each item has few"
              + " users; near, each believed as far as both are near; signed, what goes with what for"
              + " and against, for long histories; next, by"
              + " what comes after what, for and against; both, by the sum. One small ridge regression an item, memory"
              + " linear in the items. A blend with the dot product ships unless this or the dot"
              + " product alone surely ranks validation cases better, and the network beside them where it surely is"
              + " better. History weights are those of"
              + " --recency-days. Several values of this and the next flags: every combination is"
              + " tried, and the one that alone ranks validation cases best is taken. Default: not at"
              + " all.")
  List<String> wide = List.of();

  @Option(
      names = "--wide-candidates",
      split = ",",
      paramLabel = "K",
      description =
          "The nearest items that an item is regressed on; with --wide each and near, that it speaks"
              + " for; default 100.")
  List<Integer> candidates = List.of();

  @Option(
      names = "--wide-kept",
      split = ",",
      paramLabel = "N",
      description =
          "Of these, how many keep a weight, at most "
              + WideOptions.MAX_KEPT
              + "; default 50. With --wide each and near, how many of those who speak for an item are"
              + " heard; default "
              + WideOptions.MAX_KEPT
              + ".")
  List<Integer> kept = List.of();

  @Option(
      names = "--wide-lambda",
      split = ",",
      paramLabel = "X",
      description =
          "Ridge, in interactions: an item touched so often is believed by half; default 30. With"
              + " --wide near, in users who have both; default 1.")
  List<Double> lambda = List.of();

  @Option(
      names = "--wide-closeness",
      split = ",",
      paramLabel = "cosine|llr",
      description =
          "By what the nearest are found: cosine, or Mahout's log-likelihood ratio; default cosine,"
              + " with --wide each and near llr.")
  List<String> closeness = List.of();

  /** The ways to learn, in the order of the flags; none where it is not asked for. */
  List<WideOptions> resolve() {
    if (wide.isEmpty()) {
      if (Stream.of(candidates, kept, lambda, closeness).anyMatch(flag -> !flag.isEmpty())) {
        throw new UserError(
            USAGE,
            "--wide-... say how --wide is learned; say together, each, near, signed, next or both with"
                + " it");
      }
      return List.of();
    }
    List<WideOptions> ways =
        named("--wide", wide, Direction.values(), Direction::label).stream()
            .distinct()
            .map(WideOptions::defaults)
            .toList();
    ways =
        each(
            ways,
            named("--wide-closeness", closeness, Closeness.values(), Closeness::label),
            WideOptions::withCloseness);
    ways = each(ways, candidates, WideOptions::withCandidates);
    ways = each(ways, kept, WideOptions::withKept);
    ways = each(ways, lambda, WideOptions::withLambda);
    if (ways.size() > MOST_WAYS) {
      throw new UserError(
          USAGE,
          "--wide expects at most "
              + MOST_WAYS
              + " combinations of its flags' values, got "
              + ways.size());
    }
    return ways;
  }

  /** Every way with every value; as they are where there is none. */
  private static <T> List<WideOptions> each(
      List<WideOptions> ways, List<T> values, BiFunction<WideOptions, T, WideOptions> with) {
    return values.isEmpty()
        ? ways
        : ways.stream()
            .flatMap(way -> values.stream().distinct().map(value -> with.apply(way, value)))
            .toList();
  }

  private static <T> List<T> named(
      String flag, List<String> given, T[] all, Function<T, String> label) {
    return given.stream().map(one -> named(flag, one, all, label)).toList();
  }

  private static <T> T named(String flag, String given, T[] all, Function<T, String> label) {
    List<T> values = Arrays.asList(all);
    return values.stream()
        .filter(one -> label.apply(one).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    USAGE,
                    flag
                        + " expects "
                        + values.stream().map(label).collect(Collectors.joining(" or "))
                        + ", got ["
                        + given
                        + "]"));
  }
}
