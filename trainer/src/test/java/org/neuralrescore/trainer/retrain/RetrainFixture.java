// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.factors.EveryMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.scorer.feature.FeatureOptions;
import org.neuralrescore.trainer.scorer.feature.ItemFeature;

/**
 * A small model in a folder: {@code data/} with generated interactions, of which {@code
 * ratings.csv} shows as many as were asked for, {@code models/} with bundles, {@code cluster/} with
 * a fake deployment.
 */
final class RetrainFixture {
  private final Path root;
  private ReadingRules rules = ReadingRules.defaults();

  RetrainFixture(Path root) {
    this.root = root;
  }

  static RetrainFixture generate(Path root) throws IOException {
    SyntheticData.write(root.resolve("data"), new SyntheticOptions(120, 100, 3));
    Files.copy(root.resolve("data/ratings.csv"), root.resolve("data/all.csv"));
    return new RetrainFixture(root);
  }

  /** Shows the earliest share of all interactions. */
  RetrainFixture show(double share) throws IOException {
    List<String> lines = Files.readAllLines(root.resolve("data/all.csv"));
    List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
    rows.sort(
        Comparator.comparingLong(
                (String row) -> Long.parseLong(row.substring(row.lastIndexOf(',') + 1)))
            .thenComparing(Comparator.naturalOrder()));
    List<String> shown = new ArrayList<>(List.of(lines.get(0)));
    shown.addAll(rows.subList(0, (int) (rows.size() * share)));
    Files.write(root.resolve("data/ratings.csv"), shown);
    return this;
  }

  /** Reads by these rules from now on. */
  void readBy(ReadingRules others) {
    rules = others;
  }

  Path root() {
    return root;
  }

  Workspace workspace() {
    return new Workspace(root.resolve("models"), "films");
  }

  FolderDeployment deployment(Runnable halfway) {
    return new FolderDeployment(root.resolve("cluster"), halfway);
  }

  static RetrainOptions options() {
    TrainingOptions training = TrainingOptions.defaults();
    training =
        training
            .withFactors(training.factors().with(6, 5, 42))
            .withFoldInIterations(16)
            .withScorer(
                training.scorer().withHidden(List.of(4)).withEpochs(2).withMaxExamples(2000))
            .withThreads(2);
    // The gate never stands in the way of a test that is not about it.
    return RetrainOptions.defaults(training)
        .withGate(new GateOptions(10, GateOptions.Rule.UNLESS_WORSE, 1.0, 0.9, 5000, false, 42L));
  }

  /**
   * The same with every feature asked for, the recent vector too: if they do not ship, the bundle
   * has their figures.
   */
  static RetrainOptions withFeatures() {
    RetrainOptions options = options();
    return options.withTraining(
        options
            .training()
            .withFeatures(
                new FeatureOptions(
                    List.of(ItemFeature.values()),
                    Optional.empty(),
                    Optional.of(RecentItems.of(4)))));
  }

  /**
   * The same with factors by another loss, or {@link #withFeatures} where it is {@code features}.
   */
  static RetrainOptions options(String method) {
    if (method.equals("features")) {
      return withFeatures();
    }
    RetrainOptions options = options();
    FactorOptions factors = options.training().factors();
    return options.withTraining(
        options
            .training()
            .withFactors(EveryMethod.of(method).with(factors.rank(), factors.sweeps(), 42)));
  }

  Retraining retraining(RetrainOptions options, RetrainListener listener, Runnable halfway) {
    return new Retraining(
        workspace(),
        () -> options,
        source(),
        deployment(halfway),
        "test",
        listener,
        Progress.none(),
        clock());
  }

  RetrainReport run(RetrainOptions options) {
    return retraining(options, listener(event -> {}), () -> {}).run();
  }

  static InstantSource clock() {
    return InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  }

  InteractionSource source() {
    return new InteractionSource() {
      @Override
      public String description() {
        return "ratings.csv";
      }

      @Override
      public Loaded read(Path scratch) {
        var catalogue =
            CatalogueReader.read(
                CatalogueFormat.movieLens(root.resolve("data/movies.csv"), Optional.empty()));
        return new Loaded(
            new InteractionReader(InteractionFormat.movieLensCsv(), rules)
                .read(root.resolve("data/ratings.csv")),
            catalogue);
      }
    };
  }

  /** Hears every event as a text. */
  static RetrainListener listener(Consumer<String> events) {
    return new RetrainListener() {
      private int saved;

      @Override
      public void begins(Phase phase) {
        events.accept("begins " + phase);
      }

      @Override
      public void ends(Phase phase) {
        events.accept("ends " + phase);
      }

      @Override
      public void saved(int sweeps) {
        events.accept("saved " + ++saved);
      }

      @Override
      public void note(String line) {
        events.accept("note " + line);
      }
    };
  }

  /** Copies a whole fixture. */
  RetrainFixture copy(Path to) throws IOException {
    copyFolder(root, to);
    return new RetrainFixture(to);
  }

  /** Copies a folder and what is in it. */
  static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
