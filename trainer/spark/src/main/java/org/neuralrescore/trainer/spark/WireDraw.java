// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import org.neuralrescore.trainer.data.interactions.InteractionPart;
import org.neuralrescore.trainer.data.interactions.UserDraw;

/** Who comes to the driver, as it travels to executors: the numbers of a {@link UserDraw}. */
record WireDraw(double share, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  static WireDraw of(UserDraw draw) {
    return new WireDraw(draw.share(), draw.seed());
  }

  /** Those of a part who come. */
  InteractionPart drawn(InteractionPart part) {
    return part.only(new UserDraw(share, seed)::has);
  }

  /** Those of a part who stay. */
  InteractionPart staying(InteractionPart part) {
    UserDraw draw = new UserDraw(share, seed);
    return part.only(user -> !draw.has(user));
  }
}
