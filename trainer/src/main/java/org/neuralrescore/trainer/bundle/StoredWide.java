// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.Optional;
import org.neuralrescore.trainer.model.ItemHistories;
import org.neuralrescore.trainer.model.WidePart;

/**
 * A {@link WidePart} as it lies in a bundle's files.
 *
 * @param neighbours of every item
 * @param users what every user touched; empty where users are known by their history alone
 * @param count the newest items of a history that count
 */
public record StoredWide(StoredLists neighbours, Optional<StoredLists> users, int count) {
  WidePart load() {
    return new WidePart(
        neighbours.loadNeighbours(),
        users.map(StoredLists::loadHistories).orElseGet(ItemHistories::none),
        count);
  }
}
