// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.Optional;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * Where joint training begins: factors always, and a network trained before where there is one (the
 * pre-training of He et al. 2017).
 *
 * @param users [users x rank]
 * @param items [items x rank]
 * @param scorer over such vectors; empty: a calibrated dot product and an undecided network
 */
public record JointStart(FactorMatrix users, FactorMatrix items, Optional<ScorerWeights> scorer) {
  public JointStart {
    if (users.rank() != items.rank()
        || (scorer.isPresent() && scorer.get().rank() != items.rank())) {
      throw new IllegalArgumentException(
          "joint training expects one rank, got "
              + users.rank()
              + " of users and "
              + items.rank()
              + " of items");
    }
  }
}
