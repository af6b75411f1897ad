// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A handful of touches among very many items: two or three topics of a dozen items that few others
 * know, and now and then what everybody touches.
 */
final class TouchesTheTail implements Habit.Walk {
  private static final int TOPIC = 12;
  private static final double COMMON = 0.15;
  private static final int FEWEST = 4;
  private static final int MORE = 9;

  private final int items;
  private final TasteModel tastes;

  TouchesTheTail(List<Film> films) {
    items = films.size();
    tastes = new TasteModel(films);
  }

  @Override
  public void walk(SplittableRandom own, Habit.Touches touches) {
    int[] topics = new int[2 + own.nextInt(2)];
    for (int i = 0; i < topics.length; i++) {
      topics[i] = own.nextInt(Math.max(1, items / TOPIC)) * TOPIC;
    }
    Set<Integer> seen = new HashSet<>();
    long time = Habit.FIRST_SECOND + own.nextLong(300L * Habit.DAY);
    int wanted = FEWEST + own.nextInt(MORE);
    for (int i = 0; i < wanted; i++) {
      int item =
          own.nextDouble() < COMMON
              ? tastes.draw(own.nextInt(Film.clusters()), own)
              : Math.min(items - 1, topics[i * topics.length / wanted] + own.nextInt(TOPIC));
      if (item >= 0 && seen.add(item)) {
        time += Habit.HOUR + own.nextLong(5L * Habit.DAY);
        touches.add(item, 5, time);
      }
    }
  }
}
