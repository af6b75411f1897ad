// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.BundleWriter;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.pipeline.CombinationOptions;
import org.neuralrescore.trainer.pipeline.ItemKnowledge;
import org.neuralrescore.trainer.pipeline.MethodDemands;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.pipeline.VariantResult;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.release.ContentSource;
import org.neuralrescore.trainer.release.Lineage;
import org.neuralrescore.trainer.release.Release;
import org.neuralrescore.trainer.tune.auto.AutoResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Interactions to a bundle. */
@Command(
    name = "train",
    modelTransformer = TrainHelp.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Learns from interactions, measures on held-out ones, writes a bundle: OUT/NAME/GENERATION.",
      "The same data, options and seed give the same bundle, bit for bit.",
      ""
    },
    footer = {
      "",
      "'neural-rescore methods' tells of every method, its options and all other flags."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "The model's name: lower-case letters, digits, - and _.")
  String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "onnx-models",
      description = "Where bundles go, as DIR/NAME/GENERATION; default ${DEFAULT-VALUE}.")
  Path out;

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "METHOD",
      description =
          "Compare these with the dot product on validation cases and ship the winner: pipeline,"
              + " the experimental joint, multitask and transfer, or all of them by 'all'. Default:"
              + " pipeline alone.")
  List<String> methods = List.of();

  @Mixin DataOptions data;

  @Mixin InteractionIndexFlags fromIndex;

  @Mixin ClusterFlags cluster;

  @Mixin TrainingFlags flags;

  @Mixin AutoChoice auto;

  @Mixin EngineFlags engines;

  @Option(
      names = "--users-in-memory",
      paramLabel = "N",
      description =
          "Of more users than these the vectors are in users.parquet of the bundle and not in an"
              + " array: written, read and published some at a time. Default: as many as 2 GB"
              + " hold.")
  Integer usersInMemory;

  @Mixin CaseFlags cases;

  @Mixin BaselineFlags baselines;

  @Mixin ProjectFlag project;

  @Mixin Output output;

  @Override
  public Integer call() {
    if (methods.isEmpty() && engines.isLocal()) {
      flags.chooseUnlessTold();
    }
    engines.requireAlone(flags.factors.auto(), methods);
    TrainingOptions options = flags.base().withEvaluateUsers(cases.atMost());
    if (usersInMemory != null) {
      if (usersInMemory < 0) {
        throw new UserError(
            UserError.Kind.USAGE, "--users-in-memory expects 0 or more, got " + usersInMemory);
      }
      options = options.withUsersInMemory(usersInMemory);
    }
    requireRoomForChoice(options);
    if (methods.isEmpty()
        && flags.features.vectors().isPresent()
        && !options.features().wantContent()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--content-vectors is for --features content or a --method that learns from content; give"
              + " one of them, or leave it out");
    }
    if (!methods.isEmpty() && !methods.contains("all")) {
      MethodDemands.requireRead(options, named());
    }
    engines.requireSomeUsersAreEnough(
        options, data.hasSplit(), fromIndex.given(), !baselines.areNone());
    data.requireOneSplit(flags.protocol);
    BundleWriter.requireRoom(out, name);
    try (Engine engine = engines.open(out, name, options.seed(), TerminalProgress.standard())) {
      engine.require(options);
      data.readBy(engine);
      return train(options, engine);
    }
  }

  private int train(TrainingOptions given, Engine engine) {
    TrainingOptions options = given;
    List<CatalogueItem> catalogue = data.readCatalogue();
    Interactions interactions = read(catalogue);
    options = data.withGivenSplit(options);
    List<String> notes = new ArrayList<>(data.notes(interactions, catalogue));
    notes.addAll(flags.features.lookAtContent(catalogue, interactions.items()));
    notes.forEach(output::note);
    if (!methods.isEmpty() && !options.wide().isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE, "--method compares scorers without --wide; leave one of them out");
    }
    if (options.privacy().differential().isPresent()) {
      if (!methods.isEmpty()) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--method learns from single interactions, which --dp-epsilon does not cover; leave one"
                + " of them out");
      }
      PrivacyFlags.requirePublicItems(interactions, catalogue);
    }
    Release release =
        new Release(
            out,
            Version.current(),
            engines.leavesUsers() ? baselines.resolveOrNone() : baselines.resolve());
    Optional<AutoResult> chosen = Optional.empty();
    if (flags.factors.auto()) {
      AutoChoice.Outcome made =
          auto.choose(interactions, options, flags.kept(), TerminalProgress.standard());
      options = made.options();
      chosen = Optional.of(made.result());
      release =
          release.telling(AutoChoice.chapter(made.result(), byHand(made.result()), options.seed()));
    }
    List<String> byHand = chosen.map(this::byHand).orElse(List.of());
    List<VariantResult> variants = new ArrayList<>();
    Release.Released released;
    try {
      released =
          methods.isEmpty()
              ? release.run(
                  name,
                  interactions,
                  catalogue,
                  options,
                  Lineage.first(engine.factorisation(), engine.provenance()),
                  TerminalProgress.standard())
              : compare(release, interactions, catalogue, options, variants);
    } catch (UserError e) {
      if (e.kind() == UserError.Kind.EXISTS) {
        // By a run that was killed before it could say so.
        engine.finished();
      }
      throw e;
    }
    engine.finished();
    if (released.stood()) {
      output.note(
          released.bundle().folder()
              + " was there without its page, from a run that did not end: the bundle stays as it"
              + " was, and was trained again to be measured");
    }
    output.text(TrainingSummary.of(released));
    chosen.ifPresent(result -> output.text(AutoChoice.text(result, byHand)));
    options.privacy().differential().map(PrivacyFlags::told).ifPresent(output::text);
    if (!variants.isEmpty()) {
      output.text(VariantSummary.of(variants));
    }
    Map<String, Object> result = TrainingJson.of(released, options, notes);
    chosen.ifPresent(how -> result.put("auto", AutoChoice.json(how, byHand)));
    if (!variants.isEmpty()) {
      result.put("variants", VariantSummary.json(variants));
    }
    output.json(result);
    return 0;
  }

  /** The flags that make what was chosen by hand. */
  private List<String> byHand(AutoResult result) {
    List<String> all = new ArrayList<>(AutoChoice.byHand(result.flags(), spec, "flags"));
    all.addAll(GivenFlags.of(spec, "cases", Set.of()));
    if (usersInMemory != null) {
      all.addAll(List.of("--users-in-memory", usersInMemory.toString()));
    }
    return all;
  }

  private Interactions read(List<CatalogueItem> catalogue) {
    if (!fromIndex.given()) {
      return data.readInteractions(catalogue);
    }
    try (Cluster connected = cluster.connect()) {
      return fromIndex.read(connected, data, catalogue);
    }
  }

  private void requireRoomForChoice(TrainingOptions options) {
    if (flags.factors.auto()) {
      if (!methods.isEmpty()) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--method compares scorers of named factors, and --factors auto chooses factors; leave"
                + " one of them out");
      }
      AutoChoice.requireRoom(options);
    }
    auto.requireChoice(flags.factors);
  }

  private Release.Released compare(
      Release release,
      Interactions interactions,
      List<CatalogueItem> catalogue,
      TrainingOptions options,
      List<VariantResult> variants) {
    ItemKnowledge knowledge =
        ItemKnowledge.of(
            interactions.items(),
            catalogue,
            new ContentSource(flags.features.vectors(), catalogue).of(interactions.items()));
    CombinationOptions compared = CombinationOptions.of(options, flags.epochs());
    compared =
        methods.contains("all")
            ? compared.suitedTo(
                interactions,
                knowledge,
                (method, why) ->
                    output.note("--method all leaves out " + method.label() + ": " + why))
            : compared.withMethods(named());
    return release.run(
        name,
        interactions,
        catalogue,
        compared,
        knowledge,
        result -> variants.addAll(result.variants()),
        TerminalProgress.standard());
  }

  private Set<Method> named() {
    Set<Method> named = EnumSet.noneOf(Method.class);
    for (String method : methods) {
      named.add(
          Stream.of(Method.values())
              .filter(m -> m.label().equals(method))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserError(
                          UserError.Kind.USAGE,
                          "--method expects pipeline, joint, multitask, transfer or all, got ["
                              + method
                              + "]")));
    }
    return named;
  }
}
