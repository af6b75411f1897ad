// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.served.BundleRanker;
import org.neuralrescore.trainer.served.agreement.ServedEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A bundle's worth, offline and as it is served. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Evaluates a bundle on the held-out interactions of a data set, through the bundle's own ONNX"
          + " graphs, beside baselines that learn from what the bundle learned from. With --url it also asks the published model through Elasticsearch, case by case,"
          + " and exits with 6 where ranks differ or scores do by more than 1e-4.",
      ""
    },
    footer = {
      "",
      "  neural-rescore evaluate onnx-models/films --data data",
      "  neural-rescore evaluate onnx-models/films --data data --url http://localhost:9200"
    })
final class EvaluateCommand implements Callable<Integer> {
  /** Of a bundle that this software did not train: the trainer's defaults, and no known rank. */
  private static final TrainedWith UNKNOWN =
      new TrainedWith(
          "unknown",
          "unknown",
          0,
          "leave-last-out",
          Optional.empty(),
          new TrainedWith.Weighting(1, 1, "ONE"),
          4,
          "UNIFORM");

  @Parameters(
      paramLabel = "BUNDLE",
      description = "onnx-models/NAME/GENERATION, or onnx-models/NAME for its newest.")
  Path bundle;

  @Mixin AskedCluster cluster;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "How cases are held out, as in 'train'; default: as in the bundle's own training, which has"
              + " then learned from none of them.")
  String protocol;

  @Option(
      names = "--cutoff",
      paramLabel = "K",
      defaultValue = "10",
      description = "k of HR@k, NDCG@k and Recall@k (hits over all held-out items).")
  int cutoff;

  @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Mixin DataOptions data;

  @Mixin InteractionIndexFlags fromIndex;

  @Mixin CaseFlags cases;

  @Mixin BaselineFlags baselines;

  @Mixin ProjectFlag project;

  @Mixin Output output;

  @Override
  public Integer call() {
    cluster.settle(fromIndex.given());
    if (cutoff < 1 || threads < 1) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--cutoff and --threads expect at least 1, got " + cutoff + " and " + threads);
    }
    if (cluster.isAsked(fromIndex.given()) && cutoff > ServedEvaluation.MOST_CUTOFF) {
      throw new UserError(
          UserError.Kind.USAGE,
          "a cluster is asked for the first "
              + ServedEvaluation.MOST_CUTOFF
              + " of each case: take a smaller --cutoff than "
              + cutoff
              + ", or leave out "
              + cluster.flag());
    }
    data.requireOneSplit(protocol);
    List<Baseline> beside = baselines.resolve();
    OptionalInt most = cases.atMost();
    Bundle read = Bundle.open(bundle);
    Optional<Provenance> provenance = Provenance.of(read.manifest());
    TrainedWith trained = provenance.flatMap(Provenance::trained).orElse(UNKNOWN);
    long seed = provenance.map(Provenance::seed).orElse(TrainingOptions.defaults().seed());
    Optional<SplitProtocol> asked =
        data.hasSplit()
            ? Optional.empty()
            : Optional.of(protocol(trained, seed, read.hasUserVectors()));
    if (cluster.isAsked(fromIndex.given())) {
      // To read the data may take minutes, and needs no cluster to say that there is none.
      cluster.connect().close();
    }
    Interactions interactions =
        interactions(read.context().stream().map(ContextColumn::column).toList());
    SplitProtocol held = asked.or(data::split).orElseThrow();
    requireAsPublished(held, trained, read.hasUserVectors());
    requireShared(read, interactions);
    Split split = held.split(interactions).withTestCases(most, seed);
    Progress progress = TerminalProgress.standard();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("bundle", read.reference());
    tellWhetherUnseen(held.label().equals(trained.protocol()), provenance, interactions, result);
    try (BundleRanker ranker = new BundleRanker("model", read, interactions.items());
        Workers workers = new Workers(threads)) {
      ServedFigures served = new ServedFigures(read, interactions, split.test(), ranker, cutoff);
      if (cluster.isAsked(fromIndex.given())) {
        try (Cluster connected = cluster.connect()) {
          served.tryFirst(cluster.ranking(connected, read));
        }
      }
      new OfflineFigures(ranker, trained, seed, split, held.label(), cutoff)
          .add(beside, workers, result, output, progress);
      if (cluster.isAsked(fromIndex.given())) {
        try (Cluster connected = cluster.connect()) {
          served.add(cluster.ranking(connected, read), result, output, progress);
        } catch (UserError e) {
          // What was worked out offline, in hours perhaps, is told all the same.
          // A mismatch is a finding, and in the result already.
          if (e.kind() != UserError.Kind.MISMATCH) {
            result.put("elasticsearch_failed", e.getMessage());
          }
          output.json(result);
          throw e;
        }
      }
    }
    output.json(result);
    return 0;
  }

  private void tellWhetherUnseen(
      boolean sameProtocol,
      Optional<Provenance> provenance,
      Interactions interactions,
      Map<String, Object> result) {
    if (sameProtocol && provenance.filter(Provenance::veiled).isPresent()) {
      output.text(
          "note: which data a private bundle learned from is not told, so whether it learned from"
              + " some of these cases is not known\n");
      return;
    }
    boolean unseen =
        sameProtocol
            && provenance
                .filter(made -> made.dataSha256().equals(interactions.sha256()))
                .isPresent();
    result.put("same_data_and_protocol", unseen);
    if (!unseen) {
      output.text(
          "note: other data or another protocol than in training, so the bundle may have learned from"
              + " some of these cases\n");
    }
  }

  /**
   * The data, with the context that the bundle reads where no flag names another.
   *
   * @param context columns
   */
  private Interactions interactions(List<String> context) {
    if (!fromIndex.given()) {
      return data.readInteractions(data.readCatalogue(), context);
    }
    List<CatalogueItem> items = data.catalogue.read(Set::of);
    if (data.columns.contextColumns.isEmpty()) {
      data.columns.contextColumns = context;
    }
    try (Cluster connected = cluster.connect()) {
      return fromIndex.read(connected, data, items);
    }
  }

  /** Figures on data that a bundle knows nothing of would say nothing of it. */
  private void requireShared(Bundle bundle, Interactions interactions) {
    long shared =
        interactions.items().asList().stream()
            .filter(id -> bundle.items().row(id).isPresent())
            .count();
    int items = interactions.items().size();
    if (shared == 0) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "bundle "
              + bundle.reference()
              + " knows none of the data's "
              + items
              + " items, such as ["
              + interactions.items().get(0)
              + "], but others, such as ["
              + bundle.items().get(0)
              + "]; give the data it was trained on, or the right --item-column");
    }
    if (shared < items / 2) {
      output.note(
          "bundle "
              + bundle.reference()
              + " knows "
              + shared
              + " of the data's "
              + items
              + " items");
    }
  }

  private SplitProtocol protocol(TrainedWith trained, long seed, boolean usersPublished) {
    try {
      SplitProtocol held = SplitProtocol.of(protocol == null ? trained.protocol() : protocol, seed);
      if (!held.holdsOut()) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--protocol none holds nothing out to evaluate on"
                + (protocol == null ? ", and the bundle was trained so" : "")
                + "; name another --protocol");
      }
      requireAsPublished(held, trained, usersPublished);
      return held;
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, "--protocol: " + e.getMessage(), e);
    }
  }

  private void requireAsPublished(SplitProtocol held, TrainedWith trained, boolean usersPublished) {
    if (cluster.isAsked(fromIndex.given())
        && usersPublished
        && !held.label().equals(trained.protocol())) {
      throw new UserError(
          UserError.Kind.USAGE,
          cluster.flag()
              + " asks for users as they were published, whose vectors hold what "
              + trained.protocol()
              + " lets them hold; leave out "
              + (protocol == null ? "--train and --test" : "--protocol " + protocol));
    }
  }
}
