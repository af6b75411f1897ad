// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Visits over a year, a basket each: two of five lines are bought again by intent, and a third of
 * what is new comes with its partner, the next item of its cluster.
 */
final class BuysAgain implements Habit.Walk {
  private static final double AGAIN = 0.4;
  private static final double WITH_PARTNER = 0.35;
  private static final int VISITS = 15;
  private static final int BASKET = 5;
  private static final int DAYS_BETWEEN = 40;
  private static final int RECENT = 12;

  private final TasteModel tastes;
  private final int[] partners;

  BuysAgain(List<Film> films) {
    tastes = new TasteModel(films);
    partners = new int[films.size()];
    for (int cluster = 0; cluster < Film.clusters(); cluster++) {
      int[] of = tastes.filmsOf(cluster);
      for (int i = 0; i < of.length; i++) {
        partners[of[i]] = of[(i + 1) % of.length];
      }
    }
  }

  @Override
  public void walk(SplittableRandom own, Habit.Touches touches) {
    TasteModel.Person person = TasteModel.Person.draw(own);
    List<Integer> bought = new ArrayList<>();
    long time = Habit.FIRST_SECOND + own.nextLong(120L * Habit.DAY);
    int visits = 2 + own.nextInt(VISITS);
    for (int visit = 0; visit < visits; visit++) {
      time += Habit.DAY + own.nextLong((long) DAYS_BETWEEN * Habit.DAY);
      int basket = 1 + own.nextInt(BASKET);
      for (int line = 0; line < basket; line++) {
        long at = time + 60L * line;
        if (!bought.isEmpty() && own.nextDouble() < AGAIN) {
          int back = 1 + own.nextInt(Math.min(RECENT, bought.size()));
          touches.add(bought.get(bought.size() - back), 5, at);
          continue;
        }
        int item = tastes.choose(person, (double) visit / visits, own);
        if (item < 0) {
          continue;
        }
        bought.add(item);
        touches.add(item, 5, at);
        if (own.nextDouble() < WITH_PARTNER) {
          bought.add(partners[item]);
          touches.add(partners[item], 5, at + 1);
        }
      }
    }
  }
}
