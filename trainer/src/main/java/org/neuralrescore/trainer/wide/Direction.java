// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Locale;

/** What is asked of an item's neighbours. */
public enum Direction {
  /** What goes together in whole histories, whatever came first; weights above 0 alone. */
  TOGETHER,
  /**
   * What goes together, each neighbour asked by itself: how many of those who have it have the item
   * ({@link EachNeighbour}). Where few people have any two items, what neighbours say of each other
   * is chance, and weighing them against each other adds noise.
   */
  EACH,
  /**
   * What goes together, each neighbour asked by itself and believed as far as it is near ({@link
   * EachNeighbour}): with LLR, that two items have more users in common than by chance counts, and
   * not how many of a rare item's few users that are.
   */
  NEAR,
  /**
   * What goes together, for and against, as EASE's weights are: where histories are long, what
   * people who have an item leave alone tells as much as what they touch.
   */
  SIGNED,
  /** What comes next, of all that a person had touched before; weights of both signs. */
  NEXT,
  /** The sum of both: what goes together, and with more weight what comes next. */
  BOTH;

  /** Whether items may speak against others. */
  boolean signed() {
    return this != TOGETHER && !asksEach();
  }

  /** Whether neighbours are asked one by one, and not weighed against each other. */
  public boolean asksEach() {
    return this == EACH || this == NEAR;
  }

  /**
   * By what the nearest are found where nobody says. By cosine hardly anybody names what is
   * popular, whose users have much else; that both were touched more often than by chance is what
   * one neighbour by itself has to say.
   */
  Closeness closeness() {
    return asksEach() ? Closeness.LLR : Closeness.COSINE;
  }

  /** How many items speak for an item at most, where nobody says. */
  int kept() {
    return asksEach() ? WideOptions.MAX_KEPT : 50;
  }

  /** The ridge where nobody says; of what is near, in users of both. */
  double lambda() {
    return this == NEAR ? 1 : 30;
  }

  /** Whether weights depend on how old interactions are, and not on what was touched alone. */
  public boolean ordered() {
    return this == NEXT || this == BOTH;
  }

  /** Its name in flags and reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
