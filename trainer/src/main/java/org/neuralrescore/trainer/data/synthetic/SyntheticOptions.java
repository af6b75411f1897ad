// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

/**
 * How much to make.
 *
 * @param items films, default 3000
 * @param users people, default 2000
 * @param seed of every draw, default 42
 * @param habit what people do, default {@link Habit#FILMS}
 */
public record SyntheticOptions(int items, int users, long seed, Habit habit) {
  /** 3000 films and 2000 people of seed 42. */
  public static final SyntheticOptions DEFAULT = new SyntheticOptions(3000, 2000, 42);

  /** People who watch films. */
  public SyntheticOptions(int items, int users, long seed) {
    this(items, users, seed, Habit.FILMS);
  }

  public SyntheticOptions {
    if (items < 100 || items > 1_000_000 || users < 10 || users > 10_000_000) {
      throw new IllegalArgumentException(
          "synthetic data expects 100 to 1,000,000 items and 10 to 10,000,000 users, got "
              + items
              + " and "
              + users);
    }
  }
}
