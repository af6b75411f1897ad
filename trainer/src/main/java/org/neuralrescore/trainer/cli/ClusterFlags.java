// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.publish.Cluster;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Elasticsearch. */
final class ClusterFlags {
  @Option(
      names = "--url",
      split = ",",
      paramLabel = "URL",
      defaultValue = "http://localhost:9200",
      description = {
        "Elasticsearch with the plugin, http or https; several addresses of one cluster parted by"
            + " commas. Default ${DEFAULT-VALUE}."
      })
  List<URI> url;

  @Mixin ConnectionFlags connection;

  Cluster connect() {
    return Cluster.connect(connection.address(url, System.getenv()));
  }

  /** The folder with index settings: the one that is named, or the project's own. */
  static Path config(Path named) {
    if (named != null) {
      return named;
    }
    Path own = Path.of(System.getProperty("neuralrescore.root", ".")).resolve("es-config");
    if (!Files.isDirectory(own)) {
      throw new UserError(
          UserError.Kind.INPUT, own + ": no such folder; name index settings with --config");
    }
    return own;
  }
}
