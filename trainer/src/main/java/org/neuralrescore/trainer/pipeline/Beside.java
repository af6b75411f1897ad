// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.Optional;

/**
 * What a model is measured beside, beside the popular.
 *
 * @param dot the plain dot product
 * @param otherwise the network with features where they do not ship, without where they do
 * @param linear what histories say and the dot product without a network, where they were asked
 */
record Beside(Scoring dot, Optional<Scoring> otherwise, Optional<Scoring> linear) {
  /** The dot product alone. */
  Beside(Scoring dot) {
    this(dot, Optional.empty(), Optional.empty());
  }
}
