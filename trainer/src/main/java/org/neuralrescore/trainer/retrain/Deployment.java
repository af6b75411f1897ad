// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;

/** Where models are served from. */
public interface Deployment {

  /** The generation that searches use now, or empty before the first. */
  Optional<String> deployed();

  /** What searches name, and publications by hand move; empty where there is no such thing. */
  Optional<String> alias();

  /**
   * Lets searches use a bundle: all of it is in place before the first search does. Doing it again
   * does no harm, after a kill in the middle too.
   */
  void publish(StoredBundle bundle, List<CatalogueItem> catalogue);

  /**
   * Lets searches use an earlier generation again.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind MISMATCH where not all of it is there
   *     any more; searches then go on as they were
   */
  void rollBack(StoredBundle former);
}
