// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A film every few days, none twice; favourite settings take over from each other. */
final class WatchesFilms implements Habit.Walk {
  private final List<Film> films;
  private final TasteModel tastes;

  WatchesFilms(List<Film> films) {
    this.films = films;
    this.tastes = new TasteModel(films);
  }

  @Override
  public void walk(SplittableRandom own, Habit.Touches touches) {
    TasteModel.Person person = TasteModel.Person.draw(own);
    Set<Integer> seen = new LinkedHashSet<>();
    long time = Habit.FIRST_SECOND + own.nextLong(365L * Habit.DAY);
    // Bounded: a person whose taste is a small cluster may run out of films.
    int wanted = Math.min(person.interactions(), films.size() / 2);
    for (int attempt = 0; attempt < wanted * 4 && seen.size() < wanted; attempt++) {
      int film = tastes.choose(person, (double) seen.size() / wanted, own);
      if (film >= 0 && seen.add(film)) {
        time += Habit.HOUR + own.nextLong(3L * Habit.DAY);
        touches.add(film, rating(person, films.get(film), own), time);
      }
    }
  }

  private static double rating(TasteModel.Person person, Film film, SplittableRandom random) {
    boolean liked = film.cluster() % Tone.ALL.size() == person.tone();
    return (liked ? 3.5 : 2.0) + random.nextInt(4) * 0.5;
  }
}
