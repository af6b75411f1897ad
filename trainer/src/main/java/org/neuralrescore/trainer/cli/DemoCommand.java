// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.demo.Demo;
import org.neuralrescore.trainer.demo.DemoOptions;
import org.neuralrescore.trainer.demo.DemoReport;
import org.neuralrescore.trainer.demo.DemoResult;
import org.neuralrescore.trainer.demo.Installation;
import org.neuralrescore.trainer.demo.Platform;
import org.neuralrescore.trainer.pipeline.PrivacyOptions;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.served.agreement.ServedEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All of it, in one command. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows all of it: trains on data (its own synthetic films, or --data), starts an Elasticsearch"
          + " of its own with the plugin installed, publishes, searches before and after, asks every"
          + " held-out case through Elasticsearch, and stops what it started.",
      "Trains as 'train' does: on --data or with --budget it chooses a method first, for its own"
          + " films that was done beforehand.",
      ""
    },
    footer = {
      "",
      "  neural-rescore demo",
      "  neural-rescore demo --data ml-latest-small --query \"space adventure\"",
      "  neural-rescore demo --es 9      on the newest Elasticsearch, where a JDK of 21 is",
      "  neural-rescore demo --keep      leaves the node up, with commands to go on with"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Of model, indices and alias; default: synthetic, or films with --data.")
  String name;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      defaultValue = "space adventure",
      description = "Searched before and after; default: ${DEFAULT-VALUE}.")
  String query;

  @Option(names = "--size", paramLabel = "N", defaultValue = "10", description = "Hits to show.")
  int size;

  @Option(names = "--keep", description = "Leave the node up and print how to go on.")
  boolean keep;

  @Option(
      names = "--es",
      paramLabel = "LINE",
      defaultValue = "8",
      description =
          "Elasticsearch's line, 8 or 9; default: ${DEFAULT-VALUE}. 9 needs a JDK of 21 or later.")
  int line;

  @Mixin DataOptions data;

  @Mixin TrainingFlags flags;

  @Mixin AutoChoice auto;

  @Mixin BaselineFlags baselines;

  @Mixin Output output;

  @Override
  public Integer call() throws IOException {
    requireLine();
    if (size < 1) {
      throw new UserError(UserError.Kind.USAGE, "--size expects 1 or more, got [" + size + "]");
    }
    Platform.current().requirePlugin();
    flags.chooseUnlessTold();
    auto.requireChoice(flags.factors);
    data.requireOneSplit(flags.protocol);
    if (flags.base().cutoff() > ServedEvaluation.MOST_CUTOFF) {
      throw new UserError(
          UserError.Kind.USAGE,
          "demo asks Elasticsearch for the first "
              + ServedEvaluation.MOST_CUTOFF
              + " of each case: take a smaller --cutoff than "
              + flags.base().cutoff());
    }
    if (!flags.base().protocol().holdsOut()) {
      throw new UserError(
          UserError.Kind.USAGE, "demo compares on held-out cases; leave out --protocol none");
    }
    if (flags.base().privacy().userVectors() == PrivacyOptions.UserVectors.FOLDED_IN) {
      throw new UserError(
          UserError.Kind.USAGE,
          "demo searches for users by their ids, and --no-user-vectors and --dp-epsilon publish none;"
              + " train, publish and evaluate --url take them");
    }
    Installation installation = Installation.current();
    // To train for minutes needs neither, but to find then that one is missing helps nobody.
    installation.pluginZip(line);
    installation.elasticsearchZip(line);
    Path work = installation.root().resolve("trainer/target/demo");
    boolean synthetic = !data.given();
    if (synthetic) {
      data.catalogue.directory = work.resolve("data");
      SyntheticData.write(data.catalogue.directory, SyntheticOptions.DEFAULT);
      output.text("Synthetic data: " + SyntheticOptions.DEFAULT + " in " + work.resolve("data"));
    }
    List<CatalogueItem> catalogue = data.readCatalogue();
    Interactions interactions = data.readInteractions(catalogue);
    if (!synthetic) {
      data.notes(interactions, catalogue).forEach(output::note);
    }
    DemoTraining training = training(synthetic, interactions);
    training.lines().forEach(output::text);
    DemoOptions options =
        new DemoOptions(
            name == null ? (synthetic ? "synthetic" : "films") : name,
            query,
            size,
            training.options(),
            training.told(),
            work,
            Version.current(),
            keep,
            line,
            baselines.resolve());
    DemoResult result =
        new Demo(
                installation,
                options,
                TerminalProgress.standard(),
                line -> output.text("\n== " + line))
            .run(interactions, catalogue);
    DemoReport report = new DemoReport(result, options, catalogue);
    output.text(report.text(TrainingSummary.of(result.released())));
    Map<String, Object> json = new LinkedHashMap<>();
    TrainingJson.judge(result.released(), json);
    json.putAll(report.json(synthetic));
    output.json(json);
    if (!result.served().agreement().agrees()) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "Elasticsearch ranks otherwise than the trainer: "
              + result.served().agreement().mismatches()
              + " lists differ, scores by up to "
              + result.served().agreement().maxDifference());
    }
    return 0;
  }

  /** By the method that was named, or that suits the films, or that is chosen for this data. */
  DemoTraining training(boolean films, Interactions interactions) {
    if (!flags.factors.auto()) {
      return DemoTraining.named(data.withGivenSplit(flags.resolve()));
    }
    TrainingOptions given = data.withGivenSplit(flags.base());
    AutoChoice.requireRoom(given);
    if (films && !auto.hasBudget()) {
      return DemoTraining.onFilms(given, flags.factors.rank());
    }
    AutoChoice.Outcome made =
        auto.choose(interactions, given, flags.kept(), TerminalProgress.standard());
    return DemoTraining.chosen(made, AutoChoice.byHand(made.result().flags(), spec, "flags"));
  }

  private void requireLine() {
    if (line != 8 && line != 9) {
      throw new UserError(UserError.Kind.USAGE, "--es expects 8 or 9, got [" + line + "]");
    }
    if (line == 9 && Runtime.version().feature() < 21) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "Elasticsearch 9 needs a JDK of 21 or later, this is "
              + Runtime.version()
              + ": set JAVA_HOME to one");
    }
  }
}
