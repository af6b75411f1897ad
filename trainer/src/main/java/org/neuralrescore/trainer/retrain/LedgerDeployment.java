// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;

/**
 * No cluster: what the history calls deployed is deployed, and whoever serves bundles otherwise
 * reads it there.
 *
 * @param workspace the model's
 */
public record LedgerDeployment(Workspace workspace) implements Deployment {
  @Override
  public Optional<String> deployed() {
    return new History(workspace.prepared().folder()).deployed();
  }

  @Override
  public Optional<String> alias() {
    return Optional.empty();
  }

  @Override
  public void publish(StoredBundle bundle, List<CatalogueItem> catalogue) {
    // The history's line, written in the next phase, is all there is to it.
  }

  @Override
  public void rollBack(StoredBundle former) {
    // Likewise; that the bundle is whole was checked when it was opened.
  }
}
