// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes the films: a setting and a tone each, a title that no other film has, and a text. */
final class FilmWriter {
  private static final int FIRST_YEAR = 1960;
  private static final int YEARS = 60;

  private final RandomGenerator random;
  private final Set<String> titles = new HashSet<>();

  FilmWriter(RandomGenerator random) {
    this.random = random;
  }

  List<Film> write(int count) {
    List<Film> films = new ArrayList<>(count);
    for (int id = 1; id <= count; id++) {
      int cluster = random.nextInt(Film.clusters());
      Setting setting = Setting.ALL.get(cluster / Tone.ALL.size());
      Tone tone = Tone.ALL.get(cluster % Tone.ALL.size());
      // A power law: a few films that everybody knows, a long tail that hardly anybody does.
      double appeal = 1 / Math.pow(1 + random.nextInt(count), 0.6);
      films.add(new Film(id, cluster, title(setting, tone), description(setting, tone), appeal));
    }
    return films;
  }

  private String title(Setting setting, Tone tone) {
    for (int attempt = 0; ; attempt++) {
      String adjective = pick(tone.adjectives());
      String thing = pick(setting.things());
      String place = capitalised(pick(setting.places()));
      String name =
          switch (random.nextInt(4)) {
            case 0 -> "The " + adjective + " " + thing;
            case 1 -> adjective + " " + thing + " of " + place;
            case 2 -> thing + " and the " + adjective + " " + capitalised(pick(setting.roles()));
            default -> title(pick(setting.roles())) + "'s " + adjective + " " + thing;
          };
      String part = attempt < 8 ? "" : " " + (attempt - 6);
      String title = name + part + " (" + (FIRST_YEAR + random.nextInt(YEARS)) + ")";
      if (titles.add(title)) {
        return title;
      }
    }
  }

  private String description(Setting setting, Tone tone) {
    String plot = String.format(Locale.ROOT, pick(tone.plots()), pick(setting.places()));
    String mood = pick(tone.adjectives()).toLowerCase(Locale.ROOT);
    String thing = pick(setting.things()).toLowerCase(Locale.ROOT);
    String price = pick(List.of("courage", "trust", "luck", "memory", "pride"));
    return String.format(
        Locale.ROOT,
        "%s %s. A film about a %s %s, %s and the price of %s.",
        capitalisedFirst(withArticle(pick(setting.roles()))),
        plot,
        mood,
        thing,
        withArticle(pick(setting.roles())),
        price);
  }

  private static String title(String role) {
    return capitalisedFirst(withArticle(capitalised(role)));
  }

  private static String withArticle(String noun) {
    return ("aeiouAEIOU".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }

  private static String capitalisedFirst(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static String capitalised(String words) {
    String bare =
        words.startsWith("a ") ? words.substring(2) : words.replaceFirst("^(the|an) ", "");
    StringBuilder out = new StringBuilder();
    for (String word : bare.split(" ", -1)) {
      out.append(out.isEmpty() ? "" : " ").append(capitalisedFirst(word));
    }
    return out.toString();
  }
}
