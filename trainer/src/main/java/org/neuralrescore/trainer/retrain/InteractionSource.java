// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.nio.file.Path;
import java.util.List;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.Interactions;

/** Where the newest interactions come from. */
public interface InteractionSource {

  /**
   * What was read.
   *
   * @param interactions the data to train on
   * @param catalogue items' texts; empty where there are none
   */
  record Loaded(Interactions interactions, List<CatalogueItem> catalogue) {
    public Loaded {
      catalogue = List.copyOf(catalogue);
    }
  }

  /** Which source and which rules: a run that was killed is resumed for the same alone. */
  String description();

  /**
   * Reads.
   *
   * @param scratch a folder for files that may vanish afterwards
   */
  Loaded read(Path scratch);
}
