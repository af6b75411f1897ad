// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.data.catalogue.Catalogue;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.DeployedModel;
import org.neuralrescore.trainer.publish.PublishOptions;
import org.neuralrescore.trainer.publish.Publisher;

/**
 * Models served by Elasticsearch: what the alias names is deployed.
 *
 * @param cluster stays the caller's
 * @param options alias and indices
 * @param name the model's
 * @param progress hears of the publication
 */
public record ClusterDeployment(
    Cluster cluster, PublishOptions options, String name, Progress progress) implements Deployment {
  @Override
  public Optional<String> deployed() {
    Optional<String> reference = new DeployedModel(cluster, options).reference();
    if (reference.isPresent() && !reference.get().startsWith(name + "/")) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "alias ["
              + options.alias()
              + "] names ["
              + reference.get()
              + "], which is no generation of model ["
              + name
              + "]; name another alias or that model");
    }
    return reference.map(text -> text.substring(name.length() + 1));
  }

  @Override
  public Optional<String> alias() {
    return Optional.of(options.alias());
  }

  @Override
  public void publish(StoredBundle bundle, List<CatalogueItem> catalogue) {
    new Publisher(cluster, options, progress).publish(bundle, Catalogue.of(catalogue));
  }

  @Override
  public void rollBack(StoredBundle former) {
    new DeployedModel(cluster, options).moveBackTo(former);
  }
}
