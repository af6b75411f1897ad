// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import org.neuralrescore.bundle.ScoreTransform;

/**
 * What a served score is made of an output: the bundle's transform, computed apart from the server.
 */
final class FinalScore {
  /** What the server has below is squeezed, its order kept; here it is level, as noise. */
  private static final float FLOOR = 0x1p-40f;

  private FinalScore() {}

  /** The final score, positive. */
  static float of(ScoreTransform transform, float output) {
    return Math.max(FLOOR, transform.apply(output));
  }
}
