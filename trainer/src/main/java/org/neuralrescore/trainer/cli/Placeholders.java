// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.neuralrescore.trainer.data.interactions.Interactions;

/** Ids that stand for nobody and nothing, as exports write what is missing. */
final class Placeholders {
  private static final Set<String> WORDS =
      Set.of(
          "null",
          "(null)",
          "none",
          "nan",
          "n/a",
          "na",
          "nil",
          "\\n",
          "undefined",
          "unknown",
          "anonymous",
          "guest",
          "-");

  /** What numbers say of it, which are ids of somebody elsewhere. */
  private static final Set<String> NUMBERS = Set.of("0", "-1");

  private Placeholders() {}

  /** What to look at, a line an id. */
  static List<String> doubts(Interactions data) {
    List<String> doubts = new ArrayList<>();
    List<String> users = data.users().asList();
    int largest = 0;
    for (int u = 0; u < users.size(); u++) {
      largest = Math.max(largest, data.histories().length(u));
    }
    for (int u = 0; u < users.size(); u++) {
      String id = users.get(u);
      int length = data.histories().length(u);
      if (isWord(id) || (NUMBERS.contains(id) && length == largest)) {
        doubts.add(doubt("user", id, length + " of the " + data.histories().size()));
      }
    }
    data.items().asList().stream()
        .filter(Placeholders::isWord)
        .forEach(id -> doubts.add(doubt("item", id, "some of the")));
    return doubts;
  }

  private static boolean isWord(String id) {
    return id.length() < 10 && WORDS.contains(id.toLowerCase(Locale.ROOT));
  }

  private static String doubt(String role, String id, String how) {
    return role
        + " ["
        + id
        + "] has "
        + how
        + " interactions: if it stands for a missing one, make it blank and give --skip-blank-ids";
  }
}
