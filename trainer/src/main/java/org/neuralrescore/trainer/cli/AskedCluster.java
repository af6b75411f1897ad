// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.ElasticsearchRanking;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** A cluster that is asked only where somebody says so, and the model that was published there. */
final class AskedCluster {
  private static final String PROJECT_URL = "project";

  @Option(
      names = "--url",
      paramLabel = "URL",
      split = ",",
      arity = "0..1",
      fallbackValue = PROJECT_URL,
      description = "Evaluate the published model there, too; alone: at the project file's url.")
  List<URI> url = List.of();

  @Mixin ConnectionFlags connection;

  @Option(
      names = "--index",
      paramLabel = "NAME",
      description = "The items index; default: the model's name.")
  String index;

  @Spec(Target.MIXEE)
  CommandSpec command;

  /**
   * Whether a cluster is asked. A project file may name one for other commands; here that has to be
   * typed, and it is not one of which interactions are read.
   *
   * @param read whether interactions are read from an index
   */
  boolean isAsked(boolean read) {
    return !url.isEmpty() || (typed("--cloud-id") && !read);
  }

  /** The flag by which a cluster is asked. */
  String flag() {
    return url.isEmpty() ? "--cloud-id" : "--url";
  }

  private boolean typed(String flag) {
    return command.commandLine().getParseResult().hasMatchedOption(flag);
  }

  /**
   * Takes the project's address where {@code --url} stands alone, and refuses what is of no use:
   * who names an index or comes with a login wants a cluster to be asked.
   *
   * @param read whether interactions are read from an index
   * @throws UserError of kind INPUT where the project's address is none
   */
  void settle(boolean read) {
    if (url.equals(List.of(URI.create(PROJECT_URL)))) {
      url = projectUrl();
    }
    if (isAsked(read)) {
      return;
    }
    Stream<String> vain =
        read
            ? Stream.of("--index")
            : Stream.of(
                "--index", "--login", "--password", "--api-key", "--ca-certs", "--insecure");
    vain.filter(this::typed)
        .findFirst()
        .ifPresent(
            flag -> {
              throw new UserError(
                  UserError.Kind.USAGE,
                  flag + " is of a cluster, and none is asked: add --url or --cloud-id");
            });
  }

  /** The cluster that is asked, or of which interactions are read. */
  Cluster connect() {
    return Cluster.connect(connection.address(url.isEmpty() ? projectUrl() : url, System.getenv()));
  }

  /** The published model. */
  ElasticsearchRanking ranking(Cluster cluster, Bundle bundle) {
    return new ElasticsearchRanking(
        cluster, index == null ? bundle.manifest().name() : index, bundle.reference());
  }

  private List<URI> projectUrl() {
    String urls =
        ProjectDefaults.of(command.commandLine())
            .flatMap(file -> file.get("url"))
            .orElse("http://localhost:9200");
    try {
      return Stream.of(urls.split(",", -1)).map(String::strip).map(URI::create).toList();
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          "url of the project file is no address: " + e.getMessage() + "; write one, or name --url",
          e);
    }
  }
}
