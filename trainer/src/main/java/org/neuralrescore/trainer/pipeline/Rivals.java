// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.Optional;

/**
 * The other scorers over the same factors that a model is measured beside.
 *
 * @param dot the plain dot product
 * @param otherwise the network with features where they do not ship, without where they do
 * @param linear what histories say and the dot product without a network, where they were asked
 */
record Rivals(Scoring dot, Optional<Scoring> otherwise, Optional<Scoring> linear) {
  /** The dot product alone. */
  Rivals(Scoring dot) {
    this(dot, Optional.empty(), Optional.empty());
  }
}
