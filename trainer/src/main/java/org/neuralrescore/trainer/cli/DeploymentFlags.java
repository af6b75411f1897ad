// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import org.neuralrescore.trainer.publish.PublishOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a model is deployed: alias and indices, or nowhere. */
final class DeploymentFlags {
  @Mixin IndexFlags indices;

  @Option(
      names = "--no-cluster",
      description =
          "Deploy to no cluster: the history alone says which generation is deployed, for whoever"
              + " serves bundles otherwise.")
  boolean noCluster;

  /** The options of a publication of a model. */
  PublishOptions options(String name) {
    return indices.options(name);
  }
}
