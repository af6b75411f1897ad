package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.trainer.UserError;
import org.neuralrescore.trainer.baseline.Baseline;
import picocli.CommandLine.Option;

/** What stands beside the model in figures and report. */
final class BaselineFlags {
  @Option(
      names = "--baselines",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "all",
      description =
          "Learn these and report the model's lead over each: llr (Dunning 1993), item-knn (Sarwar"
              + " et al. 2001), ease (Steck 2019), ials (Hu et al. 2008), all or none; default:"
              + " ${DEFAULT-VALUE}. The dot product and popularity are always there. They take time"
              + " and change nothing in the bundle.")
  List<String> names = List.of();

  /** In the order of reports, popularity left out. */
  List<Baseline> resolve() {
    if (names.equals(List.of("none"))) {
      return List.of();
    }
    List<Baseline> all =
        Stream.of(Baseline.values()).filter(b -> b != Baseline.POPULARITY).toList();
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
