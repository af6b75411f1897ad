// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a mixin that a person gave. */
final class GivenFlags {
  private GivenFlags() {}

  /**
   * As they were typed, in their order on the command line.
   *
   * @param mixin the field's name
   * @param but names that are left out
   */
  static List<String> of(CommandSpec spec, String mixin, Set<String> but) {
    Set<String> names = names(spec, mixin, but);
    List<String> flags = new ArrayList<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (names.contains(option.longestName())) {
        flags.add(option.longestName());
        if (option.arity().max() > 0) {
          flags.add(String.join(",", option.originalStringValues()));
        }
      }
    }
    return flags;
  }

  /** The values of a mixin's options by name, those of the project file among them. */
  static SortedMap<String, String> values(CommandSpec spec, String mixin, Set<String> but) {
    SortedMap<String, String> values = values(spec);
    values.keySet().retainAll(names(spec, mixin, but));
    return values;
  }

  /** Those of all options, and all else that the project file has. */
  static SortedMap<String, String> values(CommandSpec spec) {
    SortedMap<String, String> values = new TreeMap<>();
    ProjectDefaults.of(spec.commandLine())
        .ifPresent(
            project -> project.flags().forEach((flag, value) -> values.put("--" + flag, value)));
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      values.put(option.longestName(), String.join(",", option.originalStringValues()));
    }
    return values;
  }

  private static Set<String> names(CommandSpec spec, String mixin, Set<String> but) {
    return spec.mixins().get(mixin).options().stream()
        .map(OptionSpec::longestName)
        .filter(name -> !but.contains(name))
        .collect(Collectors.toSet());
  }
}
