// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import org.neuralrescore.trainer.publish.PublishOptions;
import picocli.CommandLine.Option;

/** Where a model goes in a cluster: alias, indices and their settings. */
final class IndexFlags {
  @Option(
      names = "--alias",
      paramLabel = "NAME",
      description = "What searches name; default: the model's name.")
  String alias;

  @Option(names = "--items-index", paramLabel = "NAME", description = "Default: the model's name.")
  String itemsIndex;

  @Option(names = "--users-index", paramLabel = "NAME", description = "Default: NAME-users.")
  String usersIndex;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "Primary shards of indices that are made; default: as the files of --config say.")
  Integer shards;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Index settings and mappings; default: the project's es-config.")
  Path config;

  /** The options of a publication of a model. */
  PublishOptions options(String name) {
    PublishOptions options = PublishOptions.defaults(name, ClusterFlags.config(config));
    if (shards != null) {
      options = options.withShards(shards);
    }
    options =
        options.withIndices(
            itemsIndex == null ? options.itemsIndex() : itemsIndex,
            usersIndex == null ? options.usersIndex() : usersIndex);
    return alias == null ? options : options.withAlias(alias);
  }
}
