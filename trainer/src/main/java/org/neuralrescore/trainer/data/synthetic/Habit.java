// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** How people of a synthetic data set behave: what repeats, what follows on what, and how much. */
public enum Habit {
  /** They watch a film every few days, none twice, and move on from one setting to the next. */
  FILMS("films"),
  /** They come back for a year, buy what they bought before, and what goes with it. */
  REPEAT_BUYERS("repeat-buyers"),
  /** They rate dozens of films in one evening, in the order in which pages list them. */
  ONE_EVENING("one-evening"),
  /** They touch few of very many items, of small topics. */
  LONG_TAIL("long-tail");

  static final long FIRST_SECOND = 1_600_000_000L;
  static final int HOUR = 3_600;
  static final int DAY = 86_400;

  private final String label;

  Habit(String label) {
    this.label = label;
  }

  /** What one person does after the other. */
  interface Walk {
    /** Tells all that a person touches, in time. */
    void walk(SplittableRandom own, Touches touches);
  }

  /** Takes what a person touches. */
  interface Touches {
    /**
     * A touch.
     *
     * @param film its row
     * @param seconds since 1970
     */
    void add(int film, double rating, long seconds);
  }

  Walk over(List<Film> films) {
    return switch (this) {
      case FILMS -> new WatchesFilms(films);
      case REPEAT_BUYERS -> new BuysAgain(films);
      case ONE_EVENING -> new RatesInOneEvening(films);
      case LONG_TAIL -> new TouchesTheTail(films);
    };
  }

  /** As people write it. */
  public String label() {
    return label;
  }

  /** For a data set's own page: the usual kind needs no word. */
  String told() {
    return this == FILMS ? "" : ", kind " + label;
  }

  /**
   * By its label.
   *
   * @throws IllegalArgumentException that names all
   */
  public static Habit of(String label) {
    for (Habit habit : values()) {
      if (habit.label.equals(label.toLowerCase(Locale.ROOT))) {
        return habit;
      }
    }
    throw new IllegalArgumentException(
        "kind ["
            + label
            + "] is none of "
            + String.join(", ", List.of(values()).stream().map(Habit::label).toList()));
  }
}
