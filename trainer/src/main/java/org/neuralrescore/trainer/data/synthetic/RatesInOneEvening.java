// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One evening in front of pages: each page lists a cluster's films, a person starts somewhere near
 * its top, rates most of what comes, and turns to a page of their taste. So what was rated last
 * says what comes next, and age says nothing.
 */
final class RatesInOneEvening implements Habit.Walk {
  private static final double KNOWN = 0.6;
  private static final int A_PAGE = 12;
  private static final int PAGES = 8;
  private static final int SECONDS = 20;

  private final List<Film> films;
  private final TasteModel tastes;

  RatesInOneEvening(List<Film> films) {
    this.films = films;
    this.tastes = new TasteModel(films);
  }

  @Override
  public void walk(SplittableRandom own, Habit.Touches touches) {
    TasteModel.Person person = TasteModel.Person.draw(own);
    Set<Integer> rated = new HashSet<>();
    long time = Habit.FIRST_SECOND + own.nextLong(365L * Habit.DAY);
    int pages = 2 + own.nextInt(PAGES);
    for (int page = 0; page < pages; page++) {
      int first = tastes.choose(person, (double) page / pages, own);
      if (first < 0) {
        continue;
      }
      int[] listed = tastes.filmsOf(films.get(first).cluster());
      int top = (int) (listed.length * own.nextDouble() * own.nextDouble());
      for (int i = top; i < Math.min(listed.length, top + A_PAGE); i++) {
        if (own.nextDouble() < KNOWN && rated.add(listed[i])) {
          time += 3 + own.nextInt(SECONDS);
          touches.add(listed[i], 2 + own.nextInt(7) * 0.5, time);
        }
      }
    }
  }
}
