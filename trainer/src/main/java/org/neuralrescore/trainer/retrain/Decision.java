// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.Locale;

/** What became of a run. */
public enum Decision {
  /** The new generation is deployed. */
  PUBLISHED,
  /** The new generation is worse; the deployed one stays. */
  REFUSED,
  /** Data and options are those of the deployed generation; nothing was trained. */
  UNCHANGED,
  /** Searches were moved back to the former generation. */
  ROLLED_BACK,
  /** What somebody else had deployed was taken over into the history. */
  ADOPTED,
  /** Somebody published by hand. */
  BY_HAND;

  /** As the history has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
