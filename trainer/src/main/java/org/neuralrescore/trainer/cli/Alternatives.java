// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Flags that stand in each other's place. Where one of a group is typed, the project file's of the
 * group's others are put aside: two of them together would be refused, or one ignored.
 */
final class Alternatives {
  /** Groups of ways; a way is flags that go together, without dashes. */
  private static final List<List<Set<String>>> GROUPS =
      List.of(
          List.of(Set.of("url"), Set.of("cloud-id")),
          List.of(Set.of("api-key"), Set.of("login", "password")),
          List.of(Set.of("ca-certs"), Set.of("insecure")),
          List.of(
              Set.of("data"),
              Set.of("interactions"),
              Set.of("train", "test"),
              Set.of("from-index", "since", "until", "where")));

  /** Flags that say nothing of which way is meant: the file's own way may be. */
  private static final Set<String> MORE = Set.of("password", "since", "until", "where");

  private Alternatives() {}

  /** The project file without what these arguments take the place of. */
  static ProjectFile putAside(ProjectFile project, String... args) {
    Set<String> typed = typed(args);
    Map<String, String> flags = new TreeMap<>(project.flags());
    for (List<Set<String>> group : GROUPS) {
      for (Set<String> way : group) {
        if (way.stream().anyMatch(flag -> typed.contains(flag) && !MORE.contains(flag))) {
          group.stream()
              .filter(other -> !other.equals(way))
              .forEach(other -> flags.keySet().removeAll(other));
        }
      }
    }
    return new ProjectFile(project.file(), flags);
  }

  /** Those that came with a value, or need none: {@code --url} alone is the project's own. */
  private static Set<String> typed(String... args) {
    Set<String> typed = new HashSet<>();
    for (int i = 0; i < args.length; i++) {
      String word = args[i];
      if (!word.startsWith("--")) {
        continue;
      }
      boolean followed = i + 1 < args.length && !args[i + 1].matches("-.+");
      if (word.contains("=") || followed || word.equals("--insecure")) {
        typed.add(word.substring(2).split("=", 2)[0]);
      }
    }
    return typed;
  }
}
