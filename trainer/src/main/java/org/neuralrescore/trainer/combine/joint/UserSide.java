// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

/** Where the user vectors of joint training come from. */
public enum UserSide {
  /** One free row a user, trained like the items': the textbook form. */
  EMBEDDED,
  /**
   * The fold-in of what came before each positive, refreshed every epoch: what serving sees, and
   * free of the positive itself. Gradients move the items alone.
   */
  FOLDED
}
