// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/**
 * The whole histories of some of a data set's users, in rows of its own; {@link InteractionUnion}
 * makes one data set of parts of different users.
 *
 * @param head what is known of it before its interactions are at hand
 * @param histories the interactions of the head's users with its items
 */
public record InteractionPart(PartHead head, Histories histories) {
  public InteractionPart {
    if (histories.userCount() != head.users().size()
        || histories.itemCount() != head.items().size()) {
      throw new IllegalArgumentException(
          "a part of "
              + head.users().size()
              + " users and "
              + head.items().size()
              + " items got histories of "
              + histories.userCount()
              + " and "
              + histories.itemCount());
    }
  }
}
