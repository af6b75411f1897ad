// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.pipeline.Factorisation;

/** What a run takes over from an earlier generation: nothing, unless it is a retraining. */
public interface Lineage {

  /** How it comes by its factors. */
  Factorisation factorisation();

  /** What of it decides the bundle's bytes, for the provenance. */
  Map<String, Object> provenance();

  /** A label a factor. */
  List<String> labels(TrainedModel model, List<CatalogueItem> catalogue);

  /** A first generation: a random start, labels from the items that weigh most. */
  static Lineage none() {
    return first(Factorisation.cold(), Map.of());
  }

  /** A first generation with factors of another make. */
  static Lineage first(Factorisation factorisation, Map<String, Object> provenance) {
    return new Lineage() {
      @Override
      public Factorisation factorisation() {
        return factorisation;
      }

      @Override
      public Map<String, Object> provenance() {
        return provenance;
      }

      @Override
      public List<String> labels(TrainedModel model, List<CatalogueItem> catalogue) {
        return FactorLabels.of(model.items(), model.itemFactors(), catalogue);
      }
    };
  }
}
