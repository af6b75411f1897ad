// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

/** The phases of a run, in order. */
public enum Phase {
  /** Interactions and catalogue are read and kept as they were read. */
  READ,
  /** A bundle is made. */
  TRAIN,
  /** Deployed and new model rank the same held-out cases. */
  EVALUATE,
  /** The new one is let through or not. */
  GATE,
  /** It is deployed. */
  PUBLISH,
  /** The run is written into the history; older bundles go. */
  RECORD
}
