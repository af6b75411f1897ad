// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.factors.FactorModel;

/** How a candidate is made again from more data, everything chosen on validation as it was. */
@FunctionalInterface
interface Recipe {
  Scoring make(FactorModel model);

  /**
   * A recipe with what it made of the data to choose on.
   *
   * @param note what was chosen, for a person
   */
  record Fitted(Scoring scoring, Recipe recipe, String note) {}
}
