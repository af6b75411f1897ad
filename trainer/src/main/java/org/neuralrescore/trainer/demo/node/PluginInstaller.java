// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/** The distribution's own {@code bin/elasticsearch-plugin}. */
final class PluginInstaller {
  private PluginInstaller() {}

  static void install(Path zip, NodeOptions options, RunAs runAs, NodeFolder folder)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(zip)) {
      throw new UserError(
          Kind.ENVIRONMENT, "no plugin at [" + zip + "]: run `./mvnw package`, which builds it");
    }
    // The account may not read the zip where it lies, under somebody's home.
    Path copy = folder.home().resolve("tmp").resolve(zip.getFileName());
    Files.copy(zip, copy);
    runAs.own(copy);
    Commands.Outcome outcome =
        Commands.run(
            folder.home(),
            NodeProcess.environment(options, folder.home()),
            runAs.command(
                List.of(
                    folder.home().resolve("bin/elasticsearch-plugin").toString(),
                    "install",
                    "--batch",
                    "file:" + copy)));
    Files.delete(copy);
    if (outcome.exitCode() != 0) {
      throw new UserError(
          Kind.ENVIRONMENT,
          "elasticsearch-plugin could not install ["
              + zip
              + "]: "
              + outcome.lastLine()
              + "; is the plugin built for the version of this Elasticsearch?");
    }
  }
}
