// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a choice decided otherwise than the project file has it: a flag that is left out, for it
 * would say what is so anyway, falls back to the file's.
 */
final class OverProject {
  private static final List<String> ALL_ALIKE =
      List.of("--recency-days", "1.0", "--recency-floor", "1.0");

  private OverProject() {}

  /**
   * Flags to add.
   *
   * @param chosen flags that say rank and recency, where those are not the defaults
   */
  static List<String> flags(List<String> chosen, CommandSpec spec) {
    Set<String> project = project(spec);
    List<String> flags = new ArrayList<>();
    if (project.contains("rank") && !chosen.contains("--rank")) {
      TrainingOptions alone = TrainingFlags.read(chosen, Optional.empty()).base();
      flags.addAll(List.of("--rank", Integer.toString(alone.factors().rank())));
    }
    if (!chosen.contains("--recency-days")) {
      flags.addAll(alike(spec));
    }
    return flags;
  }

  /** Flags that say that histories weigh all alike, where the file says otherwise. */
  static List<String> alike(CommandSpec spec) {
    return project(spec).contains("recency-days") ? ALL_ALIKE : List.of();
  }

  private static Set<String> project(CommandSpec spec) {
    return ProjectDefaults.of(spec.commandLine())
        .map(project -> project.flags().keySet())
        .orElse(Set.of());
  }
}
