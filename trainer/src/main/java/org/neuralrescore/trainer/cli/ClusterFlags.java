package org.neuralrescore.trainer.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.ClusterAddress;
import picocli.CommandLine.Option;

/** Which Elasticsearch. */
final class ClusterFlags {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:9200",
      description = {
        "Elasticsearch with the plugin; default ${DEFAULT-VALUE}. With security on, the environment"
            + " has ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD."
      })
  URI url;

  Cluster connect() {
    return Cluster.connect(ClusterAddress.of(url, System.getenv()));
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
