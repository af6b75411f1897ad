// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.data.interactions.ContextTable;
import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * Held-out cases: for each of some users, the items to find among all that the user has not seen.
 */
public final class EvaluationSet {
  private final Histories seen;
  private final int[] users;
  private final int[][] targets;
  private final ContextTable context;
  private final int drawnFrom;

  /** Cases of requests of which nothing is known but their user. */
  public EvaluationSet(Histories seen, int[] users, int[][] targets) {
    this(seen, users, targets, ContextTable.NONE);
  }

  /**
   * @param seen what a model may know of each user when it ranks; its items are not ranked
   * @param users user rows, one a case, rising; not copied
   * @param targets by case, item rows, at least one, none of them in the user's seen history; not
   *     copied
   * @param context a row a case: that of the held-out interaction, the first of several. It is no
   *     leak: where a request comes from and when is known before its answer is
   */
  public EvaluationSet(Histories seen, int[] users, int[][] targets, ContextTable context) {
    this(seen, users, targets, context, users.length);
  }

  private EvaluationSet(
      Histories seen, int[] users, int[][] targets, ContextTable context, int drawnFrom) {
    if (users.length != targets.length || !context.fits(users.length)) {
      throw new IllegalArgumentException(
          "evaluation set expects targets and context for "
              + users.length
              + " users, got "
              + targets.length
              + " targets");
    }
    for (int c = 0; c < users.length; c++) {
      if (targets[c].length == 0) {
        throw new IllegalArgumentException("evaluation case " + c + " has no target");
      }
      for (int item : targets[c]) {
        if (seen.contains(users[c], item)) {
          throw new IllegalArgumentException(
              "evaluation case " + c + " has target " + item + ", which its user has seen");
        }
      }
    }
    this.seen = seen;
    this.users = users;
    this.targets = targets;
    this.context = context;
    this.drawnFrom = drawnFrom;
  }

  /** What a model may know of each user. */
  public Histories seen() {
    return seen;
  }

  /** The number of cases. */
  public int size() {
    return users.length;
  }

  /** How many cases there were before some were drawn: as many as here where none was left out. */
  public int drawnFrom() {
    return drawnFrom;
  }

  /** The user row of a case. */
  public int user(int index) {
    return users[index];
  }

  /** The item rows to find in a case, not a copy. */
  public int[] targets(int index) {
    return targets[index];
  }

  /** What is known of each case's request beside its user, a row a case. */
  public ContextTable context() {
    return context;
  }

  /**
   * The cases of items that their users touched for the first time, which may be none. A model of
   * earlier data may have learned that a user touched an item, of which the held-out interaction is
   * but the latest time.
   *
   * @param all the histories, of the same users, that the cases were cut from
   */
  public EvaluationSet firstTouches(Histories all) {
    return keeping(
        user -> {
          Set<Integer> again =
              IntStream.range(all.start(user), all.end(user))
                  .filter(all::again)
                  .map(all::item)
                  .boxed()
                  .collect(Collectors.toSet());
          return item -> !again.contains(item);
        });
  }

  /**
   * The cases with some targets alone, those without any left out; as it is if no case is left.
   *
   * @param keptOf of a user, which items
   */
  EvaluationSet ofTargets(IntFunction<IntPredicate> keptOf) {
    EvaluationSet kept = keeping(keptOf);
    return kept.size() == 0 ? this : kept;
  }

  private EvaluationSet keeping(IntFunction<IntPredicate> keptOf) {
    int[][] left =
        IntStream.range(0, targets.length)
            .mapToObj(c -> Arrays.stream(targets[c]).filter(keptOf.apply(users[c])).toArray())
            .toArray(int[][]::new);
    int[] cases = IntStream.range(0, left.length).filter(c -> left[c].length > 0).toArray();
    return of(cases, left, cases.length);
  }

  private EvaluationSet of(int[] cases, int[][] items, int from) {
    return new EvaluationSet(
        seen,
        Arrays.stream(cases).map(c -> users[c]).toArray(),
        Arrays.stream(cases).mapToObj(c -> items[c]).toArray(int[][]::new),
        context.select(cases),
        from);
  }

  /** At most {@code limit} cases drawn with a seed, in the order they have here. */
  public EvaluationSet sample(int limit, RandomGenerator random) {
    if (limit >= users.length) {
      return this;
    }
    List<Integer> cases = new ArrayList<>();
    int missing = limit;
    for (int c = 0; c < users.length; c++) {
      if (random.nextInt(users.length - c) < missing) {
        cases.add(c);
        missing--;
      }
    }
    int[] chosen = cases.stream().mapToInt(Integer::intValue).toArray();
    return of(chosen, targets, drawnFrom);
  }
}
