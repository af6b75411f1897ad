// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * What a scorer that reads what histories say is served with.
 *
 * @param neighbours of every item
 * @param users what every user touched; nobody's where users are known by their history alone
 * @param count the newest items of a history that count
 */
public record WidePart(ItemNeighbours neighbours, ItemHistories users, int count) {
  /** The same without any user's history. */
  public WidePart withoutUsers() {
    return new WidePart(neighbours, ItemHistories.none(), count);
  }
}
