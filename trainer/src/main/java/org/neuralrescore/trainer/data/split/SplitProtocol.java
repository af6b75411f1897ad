// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import org.neuralrescore.trainer.data.interactions.Interactions;

/** How a data set is cut into what is learned from and what is held out. */
public sealed interface SplitProtocol
    permits LeaveLastOut,
        LastFraction,
        RandomFraction,
        GlobalTime,
        UserDisjoint,
        GivenSplit,
        NoSplit {

  /** Its text in options and reports, such as {@code last-fraction:0.2}; {@link #of} reads it. */
  String label();

  /** Whether anything is held out, by which options could be chosen and a model measured. */
  default boolean holdsOut() {
    return true;
  }

  /**
   * Cuts.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where nothing can be held out
   */
  Split split(Interactions data);

  /**
   * A protocol from its text: {@code leave-last-out}, {@code last-fraction:0.2}, {@code
   * random:0.2}, {@code global-time:0.1}, {@code user-disjoint:0.1:0.8}, {@code none}; numbers that
   * are left out are these.
   *
   * @param seed of the draw, where there is one
   * @throws IllegalArgumentException where it is none of these
   */
  static SplitProtocol of(String text, long seed) {
    String[] parts = text.split(":", -1);
    return switch (parts[0]) {
      case "leave-last-out" -> {
        atMost(0, parts, text);
        yield new LeaveLastOut();
      }
      case "last-fraction" -> {
        atMost(1, parts, text);
        yield new LastFraction(number(parts, 1, 0.2, text));
      }
      case "random" -> {
        atMost(1, parts, text);
        yield new RandomFraction(number(parts, 1, 0.2, text), seed);
      }
      case "global-time" -> {
        atMost(1, parts, text);
        yield new GlobalTime(number(parts, 1, 0.1, text));
      }
      case "user-disjoint" -> {
        atMost(2, parts, text);
        yield new UserDisjoint(number(parts, 1, 0.1, text), number(parts, 2, 0.8, text), seed);
      }
      case "none" -> {
        atMost(0, parts, text);
        yield new NoSplit();
      }
      case "given" ->
          throw new IllegalArgumentException(
              "[" + text + "] is a split that was given: give it again, by --train and --test");
      default -> throw unknown(text);
    };
  }

  private static void atMost(int numbers, String[] parts, String text) {
    if (parts.length - 1 > numbers) {
      throw unknown(text);
    }
  }

  private static double number(String[] parts, int index, double otherwise, String text) {
    if (index >= parts.length) {
      return otherwise;
    }
    try {
      return Double.parseDouble(parts[index]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(unknown(text).getMessage(), e);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "a protocol is leave-last-out, last-fraction:0.2, random:0.2, global-time:0.1,"
            + " user-disjoint:0.1:0.8 or none, got ["
            + text
            + "]");
  }
}
