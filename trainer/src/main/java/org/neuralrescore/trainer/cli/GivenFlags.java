// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a mixin that a person typed, to be typed again. */
final class GivenFlags {
  private GivenFlags() {}

  /**
   * As they were typed, in their order on the command line.
   *
   * @param mixin the field's name
   * @param but names that are left out
   */
  static List<String> of(CommandSpec spec, String mixin, Set<String> but) {
    Set<String> names =
        spec.mixins().get(mixin).options().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !but.contains(name))
            .collect(Collectors.toSet());
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
}
