// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.model.ItemHistories;
import org.neuralrescore.trainer.model.ItemHistory;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.model.NeighbourSums;
import org.neuralrescore.trainer.model.WidePart;

/** Learned neighbours with the histories that they are asked with. Immutable, thread-safe. */
public final class WideModel {
  private final ItemNeighbours neighbours;
  private final ItemNeighbours bySpeaker;
  private final WideHistories histories;

  /** Of these. */
  public WideModel(ItemNeighbours neighbours, WideHistories histories) {
    this.neighbours = neighbours;
    this.histories = histories;
    bySpeaker = neighbours.bySpeaker();
  }

  /** Of every item who speaks for it. */
  public ItemNeighbours neighbours() {
    return neighbours;
  }

  /** What it is asked with. */
  public WideHistories histories() {
    return histories;
  }

  /** What a user's whole history says of all items, new. */
  public NeighbourSums sums(Histories seen, int user) {
    NeighbourSums sums = new NeighbourSums(bySpeaker);
    sums.of(histories.of(seen, user));
    return sums;
  }

  /**
   * What is served.
   *
   * @param served every user's history
   */
  public WidePart part(Histories served) {
    List<ItemHistory> users = new ArrayList<>(served.userCount());
    for (int user = 0; user < served.userCount(); user++) {
      users.add(histories.of(served, user));
    }
    return new WidePart(neighbours, ItemHistories.of(users), histories.most());
  }
}
