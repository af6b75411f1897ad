// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.data.catalogue.Catalogue;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.eval.Verdict;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.PublishOptions;
import org.neuralrescore.trainer.publish.PublishReport;
import org.neuralrescore.trainer.publish.Publisher;
import org.neuralrescore.trainer.release.VerdictFile;
import org.neuralrescore.trainer.retrain.PublicationByHand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A bundle to a cluster. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Publishes a bundle to an Elasticsearch with the plugin: makes the indices where they are"
          + " not, writes items and users with this generation's own vector field, checks and"
          + " stores the model, then moves the alias. No search ever mixes two generations, and"
          + " running it again does no harm. The former generation stays for 'rollback', and"
          + " history.jsonl beside the bundle gets a line; older ones go.",
      ""
    },
    footer = {
      "",
      "  neural-rescore publish onnx-models/films --data data --url http://localhost:9200"
    })
final class PublishCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "BUNDLE",
      description = "onnx-models/NAME/GENERATION, or onnx-models/NAME for its newest.")
  Path bundle;

  @Option(
      names = "--anyway",
      description =
          "Publish a model that its training found worse than the strongest baseline, too.")
  boolean anyway;

  @Mixin IndexFlags indices;

  @Mixin CatalogueOptions catalogue;

  @Mixin ClusterFlags cluster;

  @Mixin PublishEngineFlags engines;

  @Mixin ProjectFlag project;

  @Mixin Output output;

  @Override
  public Integer call() {
    engines.require();
    StoredBundle read = StoredBundle.open(bundle);
    requireWorth(read);
    if (!engines.isLocal() && read.usersApart().isEmpty()) {
      output.note(
          "the users of "
              + read.reference()
              + " are not in users.parquet and are written by this process, whatever the --engine");
    }
    Catalogue texts = catalogue.open(() -> read.items().asSet());
    PublishOptions options = indices.options(read.manifest().name());
    Progress progress = TerminalProgress.standard();
    try (Engine engine = engines.open(progress);
        Cluster connected = cluster.connect()) {
      PublishReport report =
          new Publisher(connected, options, progress, engine.userWriting())
              .publish(read, texts, former -> history(options).about(read, former));
      output.text(
          "Published "
              + report.model()
              + " as ["
              + report.alias()
              + "]: "
              + report.items()
              + " items in ["
              + options.itemsIndex()
              + "] ("
              + report.itemsWithoutVector()
              + " without a vector), "
              + report.users()
              + " users in ["
              + options.usersIndex()
              + "]"
              + report.previous().map(p -> "; before it was " + p).orElse("")
              + ".");
      if (report.itemsWithoutText() > 0) {
        output.note(
            report.itemsWithoutText()
                + " items are in no catalogue, so those that were not there before have their id"
                + " for a title; name the catalogue with --items or --data");
      }
      if (report.itemsNotThere() > 0) {
        output.note(
            "["
                + options.itemsIndex()
                + "] was there before: only its documents got vectors, and it has none of "
                + report.itemsNotThere()
                + " of the bundle's items");
      }
      if (!report.otherAliases().isEmpty()) {
        output.note(
            "older generations stay, for "
                + report.otherAliases()
                + " may go back to them; DELETE /_neural_rescore/models/NAME/GENERATION takes one"
                + " away");
      }
      output.json(json(report, options));
    }
    return 0;
  }

  private PublicationByHand history(PublishOptions options) {
    return new PublicationByHand(options.alias(), output::note, InstantSource.system());
  }

  private void requireWorth(StoredBundle read) {
    Path folder = read.folder();
    Optional<VerdictFile.Said> verdict = VerdictFile.read(folder);
    if (verdict.isEmpty() && !read.manifest().metrics().isEmpty()) {
      // By an earlier version, from another place, or by a run that was stopped behind the bundle.
      output.note(
          folder
              + " has held-out figures and no verdict beside it, so nothing says that it is no"
              + " worse than its baselines; the 'train' that made it writes one where it was"
              + " stopped");
    }
    verdict
        .filter(said -> said.standing() == Verdict.Standing.WORSE && !anyway)
        .ifPresent(
            said -> {
              throw new UserError(
                  UserError.Kind.REFUSED,
                  folder
                      + " is "
                      + said.sentence()
                      + "; train a better one, or publish it all the same with --anyway");
            });
  }

  private static Map<String, Object> json(PublishReport report, PublishOptions options) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", report.model());
    map.put("alias", report.alias());
    map.put("items_index", options.itemsIndex());
    map.put("users_index", options.usersIndex());
    map.put("items", report.items());
    map.put("items_without_vector", report.itemsWithoutVector());
    map.put("items_without_text", report.itemsWithoutText());
    map.put("items_not_there", report.itemsNotThere());
    map.put("users", report.users());
    report.previous().ifPresent(previous -> map.put("previous", previous));
    map.put("removed", report.removed());
    map.put("other_aliases", report.otherAliases());
    return map;
  }
}
