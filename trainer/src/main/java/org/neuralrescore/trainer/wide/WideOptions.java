// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import org.neuralrescore.bundle.NeighbourList;

/**
 * Options of the wide part.
 *
 * @param direction what goes together, what comes next or the sum of both, default together
 * @param closeness which items an item is regressed on, default by cosine; where each neighbour is
 *     asked by itself, which items an item speaks for, default by the log-likelihood ratio
 * @param candidates K, how many of them, default 100; where each neighbour is asked by itself, for
 *     how many items an item speaks
 * @param kept N, how many of those keep their weight at most, default 50; where each neighbour is
 *     asked by itself, how many of those who speak for an item are heard, default all that a
 *     document has room for
 * @param lambda ridge, above 0, in interactions ({@link
 *     org.neuralrescore.trainer.data.interactions.CellValues#unit}): an item touched {@code lambda}
 *     times is believed by half; default 30. Of {@link Direction#NEAR} in users who have both,
 *     default 1
 * @param maxHistory the newest interactions of a user that count, default {@value #MAX_HISTORY}:
 *     time and memory grow with their square
 * @param history the newest items of a history that are asked, default 500
 * @param folds of users: of each fold examples see weights that were learned from the others,
 *     default 4
 * @param minTogether how many users must have touched both of a pair, default 1
 * @param maxUsers the users of an item that count, default {@value #MAX_USERS}: an item that
 *     everybody has says little of anybody; all of them where each neighbour is asked by itself
 */
@RecordBuilder
public record WideOptions(
    Direction direction,
    Closeness closeness,
    int candidates,
    int kept,
    double lambda,
    int history,
    int folds,
    int minTogether,
    int maxHistory,
    int maxUsers)
    implements WideOptionsBuilder.With {
  /** Newest interactions of a user. */
  public static final int MAX_HISTORY = 500;

  /** Users of an item. */
  public static final int MAX_USERS = 20_000;

  /** The most items of a history. */
  public static final int MOST_ASKED = 1_000;

  /** The most items that may speak for one: as many as a document has room for. */
  public static final int MAX_KEPT = NeighbourList.MAX_PAIRS;

  public WideOptions {
    if (candidates < 1 || candidates > 2000) {
      throw new IllegalArgumentException(
          "wide expects 1 to 2000 candidates an item, got " + candidates);
    }
    if (kept < 1 || kept > MAX_KEPT) {
      throw new IllegalArgumentException(
          "wide keeps 1 to " + MAX_KEPT + " items an item, got " + kept);
    }
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("wide expects a lambda above 0, got " + lambda);
    }
    if (history < 1 || history > MOST_ASKED || folds < 2 || minTogether < 1) {
      throw new IllegalArgumentException(
          "wide expects a history of 1 to "
              + MOST_ASKED
              + ", at least 2 folds and 1 user of a pair, got "
              + history
              + ", "
              + folds
              + ", "
              + minTogether);
    }
    if (maxHistory < 2 || maxUsers < 2) {
      throw new IllegalArgumentException(
          "wide expects at least 2 interactions a user and 2 users an item, got "
              + maxHistory
              + ", "
              + maxUsers);
    }
  }

  /** A few words for a person. */
  public String describe() {
    if (direction.asksEach()) {
      return String.format(
          Locale.ROOT,
          "%s, each item for the %d nearest by %s, at most %d for one, lambda %s",
          direction.label(),
          candidates,
          closeness.label(),
          kept,
          Double.toString(lambda));
    }
    return String.format(
        Locale.ROOT,
        "%s, %d of the %d nearest by %s, lambda %s",
        direction.label(),
        kept,
        candidates,
        closeness.label(),
        Double.toString(lambda));
  }

  /** The documented defaults of what goes together. */
  public static WideOptions defaults() {
    return defaults(Direction.TOGETHER);
  }

  /** The documented defaults. */
  public static WideOptions defaults(Direction direction) {
    return new WideOptions(
        direction,
        direction.closeness(),
        100,
        direction.kept(),
        direction.lambda(),
        500,
        4,
        1,
        MAX_HISTORY,
        MAX_USERS);
  }
}
