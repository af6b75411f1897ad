// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.List;

/**
 * How a film feels: what people have a taste for. A tone's words are few and shared, so that a text
 * query alone cannot tell the tones of one setting apart, and a person's history can.
 *
 * @param genre the category that it brings
 * @param adjectives words of titles and texts
 * @param plots sentences after "A ROLE"; {@code %s} is a place
 */
record Tone(String genre, List<String> adjectives, List<String> plots) {
  static final List<Tone> ALL =
      List.of(
          new Tone(
              "Comedy",
              List.of("Accidental", "Hopeless", "Merry", "Clumsy"),
              List.of(
                  "causes one misunderstanding after another in %s",
                  "bets everything on a ridiculous plan in %s")),
          new Tone(
              "Horror",
              List.of("Silent", "Hollow", "Crimson", "Forsaken"),
              List.of(
                  "hears a voice at night in %s and nobody else does",
                  "finds out why nobody ever came back to %s")),
          new Tone(
              "Romance",
              List.of("Tender", "Secret", "Distant", "Last"),
              List.of(
                  "falls in love with a stranger in %s",
                  "writes letters from %s that are never sent")),
          new Tone(
              "Thriller",
              List.of("Final", "Broken", "Cold", "Seventh"),
              List.of(
                  "has one night to leave %s alive",
                  "learns that a friend in %s is not who they seem")),
          new Tone(
              "Drama",
              List.of("Quiet", "Long", "Forgotten", "Golden"),
              List.of(
                  "returns to %s after twenty years", "must choose between family and duty in %s")),
          new Tone(
              "Children",
              List.of("Little", "Magic", "Brave", "Wonderful"),
              List.of(
                  "and a talking dog set out to save %s", "makes the best friend of all in %s")));
}
