// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.util.List;

/**
 * Where a film plays: the words that its text is made of, and so what a text query finds.
 *
 * @param genre the category that it brings
 * @param places completes "in" or "to"
 * @param things nouns for titles
 * @param roles people who live there
 */
record Setting(String genre, List<String> places, List<String> things, List<String> roles) {
  static final List<Setting> ALL =
      List.of(
          new Setting(
              "Sci-Fi",
              List.of("a space station", "the asteroid belt", "deep space", "a colony on Mars"),
              List.of("Orbit", "Nebula", "Starship", "Comet", "Eclipse", "Galaxy"),
              List.of("pilot", "engineer", "navigator", "cadet")),
          new Setting(
              "Western",
              List.of("a frontier town", "the desert canyon", "a silver mine", "the border"),
              List.of("Canyon", "Outlaw", "Saddle", "Dust", "Sheriff", "Prairie"),
              List.of("rancher", "gunslinger", "sheriff", "drifter")),
          new Setting(
              "Crime",
              List.of("a rainy city", "the harbour district", "a casino", "the courthouse"),
              List.of("Alibi", "Verdict", "Shadow", "Heist", "Ransom", "Witness"),
              List.of("detective", "burglar", "prosecutor", "informer")),
          new Setting(
              "Adventure",
              List.of("a lost island", "the jungle", "the open sea", "a mountain pass"),
              List.of("Island", "Compass", "Voyage", "Summit", "Treasure", "Tempest"),
              List.of("explorer", "sailor", "cartographer", "guide")),
          new Setting(
              "War",
              List.of("an occupied village", "the front line", "a field hospital", "a submarine"),
              List.of("Battalion", "Convoy", "Trench", "Medal", "Radio", "Winter"),
              List.of("medic", "sergeant", "codebreaker", "nurse")),
          new Setting(
              "Fantasy",
              List.of(
                  "a walled kingdom", "the enchanted forest", "a wizard's tower", "the old mill"),
              List.of("Dragon", "Crown", "Spell", "Raven", "Prophecy", "Lantern"),
              List.of("squire", "witch", "blacksmith", "princess")),
          new Setting(
              "Musical",
              List.of("a small theatre", "a jazz club", "the conservatory", "a touring bus"),
              List.of("Melody", "Chorus", "Encore", "Ballad", "Spotlight", "Tango"),
              List.of("singer", "pianist", "dancer", "conductor")),
          new Setting(
              "Sport",
              List.of("a boxing gym", "the stadium", "a mountain stage", "the village pitch"),
              List.of("Round", "Season", "Relay", "Champion", "Underdog", "Finish"),
              List.of("boxer", "coach", "cyclist", "goalkeeper")));
}
