// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.catalogue.Catalogue;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.demo.node.ElasticsearchNode;
import org.neuralrescore.trainer.demo.node.NodeOptions;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.pipeline.TrainingResult;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.ElasticsearchRanking;
import org.neuralrescore.trainer.publish.PublishOptions;
import org.neuralrescore.trainer.publish.PublishReport;
import org.neuralrescore.trainer.publish.Publisher;
import org.neuralrescore.trainer.publish.SearchUser;
import org.neuralrescore.trainer.publish.Searcher;
import org.neuralrescore.trainer.release.Release;
import org.neuralrescore.trainer.served.agreement.ServedEvaluation;
import org.neuralrescore.trainer.wide.WideHistories;
import org.neuralrescore.trainer.wide.WideModel;

/** The whole flow, step by step. Whatever it started it stops, on failure and Ctrl-C too. */
public final class Demo {
  private final Installation installation;
  private final DemoOptions options;
  private final Progress progress;
  private final Consumer<String> telling;

  /**
   * Prepares a demonstration.
   *
   * @param telling gets a line before each step
   */
  public Demo(
      Installation installation, DemoOptions options, Progress progress, Consumer<String> telling) {
    this.installation = installation;
    this.options = options;
    this.progress = progress;
    this.telling = telling;
  }

  /** Runs all of it. */
  public DemoResult run(Interactions data, List<CatalogueItem> catalogue) {
    Path plugin = installation.pluginZip(options.line());
    Path distribution = installation.elasticsearchZip(options.line());
    telling.accept("Training on " + data.summary().interactions() + " interactions");
    Path staging = options.work().resolve("bundles");
    clear(staging);
    Release release = new Release(staging, options.version(), options.baselines());
    Release.Released released =
        options
            .told()
            .map(release::telling)
            .orElse(release)
            .run(options.name(), data, catalogue, options.training(), progress);
    BundleShelf.Shelved shelved =
        BundleShelf.put(released.bundle().folder(), released.report(), installation.bundles());
    telling.accept("Starting Elasticsearch " + options.line() + " with the plugin installed");
    NodeOptions nodeOptions =
        NodeOptions.of(distribution).plugin(plugin).keep(options.keep()).progress(progress).build();
    try (ElasticsearchNode node = ElasticsearchNode.start(nodeOptions);
        Cluster cluster = Cluster.connect(ClusterAddress.of(node.baseUri()))) {
      telling.accept("Publishing to " + node.baseUri());
      Bundle bundle = Bundle.open(shelved.folder());
      PublishReport published =
          new Publisher(
                  cluster,
                  PublishOptions.defaults(options.name(), installation.elasticsearchConfig()),
                  progress)
              .publish(bundle.stored(), Catalogue.of(catalogue));
      TrainingResult training = released.training();
      Answers answers = search(cluster, training);
      telling.accept("Asking every held-out case through Elasticsearch");
      ServedEvaluation.Outcome served =
          new ServedEvaluation(
                  training.model().users(),
                  training.model().items(),
                  new ElasticsearchRanking(cluster, options.name(), options.name()),
                  options.training().cutoff(),
                  bundle.context())
              .run(
                  training.test(),
                  ranker(training.model()),
                  bundle.manifest().scorer().transform(),
                  progress);
      Optional<DemoResult.KeptNode> kept =
          options.keep()
              ? Optional.of(new DemoResult.KeptNode(node.baseUri(), node.pid(), node.home()))
              : Optional.empty();
      DemoResult result =
          new DemoResult(
              released,
              shelved.folder(),
              shelved.checksum(),
              shelved.reproduced(),
              published,
              answers.lists(),
              answers.clicks(),
              served,
              kept);
      if (options.keep()) {
        // Only now there is somebody to be told of it.
        node.leaveUp();
      }
      return result;
    }
  }

  private record Answers(List<DemoSearches.Answer> lists, List<String> clicks) {}

  private Answers search(Cluster cluster, TrainingResult training) {
    telling.accept("Searching for \"" + options.query() + "\"");
    TrainedModel model = training.model();
    Personas people = Personas.choose(model, training.test());
    DemoSearches searches = new DemoSearches(new Searcher(cluster, options.name()), options);
    List<String> clicks = people.clicks().stream().map(model.items()::get).toList();
    List<DemoSearches.Answer> answers = new ArrayList<>();
    answers.add(searches.plain());
    for (int row : List.of(people.first(), people.second())) {
      String id = model.users().get(row);
      answers.add(searches.forUser("user " + id, new SearchUser.ById(id)));
    }
    answers.add(searches.forUser("new visitor", new SearchUser.ByHistory(clicks)));
    return new Answers(answers, clicks);
  }

  private ModelRanker ranker(TrainedModel model) {
    return new ModelRanker(
        "model",
        new HistoryEncoder(model.itemFactors(), model.foldIn(), options.training().weighting()),
        model.scorer(),
        model.features(),
        Optional.of(model.unknown()),
        model
            .wide()
            .map(
                wide ->
                    new WideModel(
                        wide.neighbours(),
                        new WideHistories(options.training().weighting(), wide.count()))));
  }

  private static void clear(Path folder) {
    try {
      BundleShelf.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear [" + folder + "]", e);
    }
  }
}
