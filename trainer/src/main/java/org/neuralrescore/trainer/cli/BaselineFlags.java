// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import picocli.CommandLine.Option;

/** What stands beside the model in figures and report. */
final class BaselineFlags {
  @Option(
      names = "--baselines",
      split = ",",
      paramLabel = "NAME",
      description =
          "Learn these and report the model's lead over each: llr (Dunning 1993), item-knn (Sarwar"
              + " et al. 2001), ease (Steck 2019), ials (Hu et al. 2008), all or none. The dot product"
              + " and popularity are always there. They take time and change nothing in the bundle."
              + " Default: all; in 'retrain', which runs often, none.")
  List<String> names = List.of();

  /** In the order of reports, popularity left out; all of them where nothing is said. */
  List<Baseline> resolve() {
    return names.isEmpty() ? all() : named();
  }

  /** As above, none where nothing is said. */
  List<Baseline> resolveOrNone() {
    return names.isEmpty() ? List.of() : named();
  }

  /** Whether none was named. */
  boolean areNone() {
    return resolveOrNone().isEmpty();
  }

  private static List<Baseline> all() {
    return Stream.of(Baseline.values()).filter(b -> b != Baseline.POPULARITY).toList();
  }

  private List<Baseline> named() {
    if (names.equals(List.of("none"))) {
      return List.of();
    }
    List<Baseline> all = all();
    if (names.equals(List.of("all"))) {
      return all;
    }
    List<Baseline> named = new ArrayList<>();
    for (String name : names) {
      named.add(
          all.stream()
              .filter(b -> b.label().equals(name) && !named.contains(b))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          UserError.Kind.USAGE,
                          "--baselines expects all, none, or some of "
                              + all.stream().map(Baseline::label).toList()
                              + " once each, got ["
                              + name
                              + "]")));
    }
    return named;
  }
}
