// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/** A data set of which some users are here and the others elsewhere. */
public final class DrawnData {
  private DrawnData() {}

  /** Of all lines that were collected, those of the drawn users. */
  public static Interactions of(
      ReadingRules rules, boolean timed, UserDraw draw, InteractionPart... parts) {
    InteractionUnion union = new InteractionUnion(rules);
    int[] next = {0};
    for (InteractionPart part : parts) {
      StayingPart staying = StayingPart.of(part.only(user -> !draw.has(user)));
      union.add(part.only(draw::has).head()).add(StayingPart.of(staying.toBytes()));
    }
    return union.finish("lines", timed, () -> parts[next[0]++].only(draw::has).histories());
  }
}
