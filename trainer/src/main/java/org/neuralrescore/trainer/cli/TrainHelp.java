// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of {@code train} on one screen: what most runs need, in groups, a line each. {@code
 * methods} has the rest.
 */
final class TrainHelp implements CommandLine.IModelTransformer {
  private record Line(String flag, String what) {}

  private record Group(String heading, List<Line> lines) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "The flags that matter first:",
              List.of(
                  new Line("--project", "what 'check-data' wrote; flags given here win over it"),
                  new Line(
                      "--interactions", "CSV, TSV, JSON lines, Parquet; .gz, several, a folder, -"),
                  new Line("--data", "or a folder in MovieLens's layout, as 'generate' makes one"),
                  new Line("--items", "the catalogue, for titles"),
                  new Line("--name", "of the model: lower-case letters, digits, - and _"),
                  new Line(
                      "--factors",
                      "chosen unless named: implicit-als, distilled, transitions, nmf"))),
          new Group(
              "Data; columns that are not named are found by their content:",
              List.of(
                  new Line("--user-column", "who"),
                  new Line("--item-column", "what"),
                  new Line("--rating-column", "ratings or quantities, or none"),
                  new Line("--time-column", "times in any spelling, or none: the order of lines"),
                  new Line(
                      "--min-rating", "leave out what is rated below; returns (-1) are anyway"),
                  new Line(
                      "--from-index", "instead of files, this index of the cluster at --url"))),
          new Group(
              "What is learned:",
              List.of(
                  new Line("--rank", "factors; more tell more and cost more"),
                  new Line("--sweeps", "over the data; default by method"),
                  new Line("--set", "an option of the method, such as alpha0=0.01"),
                  new Line("--recency-days", "what was touched lately weighs more"),
                  new Line("--values", "what an interaction weighs; default one"))),
          new Group(
              "The network over the factors, which ships only where it helps:",
              List.of(
                  new Line("--no-network", "the dot product alone"),
                  new Line("--hidden", "widths of its layers; default 64,32"),
                  new Line("--epochs", "at most; default 15"),
                  new Line("--features", "what it reads of an item beside the factors"),
                  new Line(
                      "--context-columns", "what is known of a request: country, device, hour"))),
          new Group(
              "What it is worth:",
              List.of(
                  new Line("--protocol", "what is held out: leave-last-out, random:0.2, none, ..."),
                  new Line("--train", "a split that is there already: this, and --test FILE"),
                  new Line("--cutoff", "k of HR, NDCG and Recall@k (hits over all held out); 10"),
                  new Line(
                      "--baselines", "what it is put beside: all (default), none, ease, ..."))),
          new Group(
              "The run:",
              List.of(
                  new Line("--out", "where bundles go; default onnx-models"),
                  new Line("--seed", "of all randomness; default 42"),
                  new Line("--engine", "local (default), or spark for data beyond one machine"),
                  new Line("--json", "one JSON document for machines, and no text"),
                  new Line("--help", "this"))));

  @Override
  public CommandSpec transform(CommandSpec command) {
    command.usageMessage().customSynopsis("neural-rescore train (-p FILE | --data DIR | ...) ...");
    command
        .usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> text(help.commandSpec()));
    return command;
  }

  /** Whether the help has a line for a flag. */
  static boolean has(OptionSpec option) {
    return GROUPS.stream()
        .flatMap(group -> group.lines().stream())
        .anyMatch(line -> List.of(option.names()).contains(line.flag()));
  }

  private static String text(CommandSpec command) {
    StringBuilder text = new StringBuilder();
    for (Group group : GROUPS) {
      text.append(group.heading()).append(System.lineSeparator());
      for (Line line : group.lines()) {
        text.append(
            String.format(
                Locale.ROOT, "  %-28s %s%n", flag(command.findOption(line.flag())), line.what()));
      }
    }
    return text.toString();
  }

  /** A flag as the help has it, such as {@code -p, --project FILE}. */
  static String flag(OptionSpec option) {
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    String names =
        option.shortestName().equals(option.longestName())
            ? "    " + option.longestName()
            : option.shortestName() + ", " + option.longestName();
    return names + label;
  }
}
