// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.UserBlocks;

/** How users are encoded, some at a time: by this process, or by a cluster. */
@FunctionalInterface
public interface UserEncoding {
  /** Rows of a block. */
  int BLOCK = 1 << 14;

  /**
   * Encodes every user.
   *
   * @param histories whose users are encoded, in their order
   * @param workers stay the caller's
   * @param visitor gets the vectors, block by block
   */
  void encode(HistoryEncoder encoder, Histories histories, Workers workers, Visitor visitor);

  /**
   * Encodes the users of the data set who are elsewhere; nobody is, where it knows of none.
   *
   * @param visitor gets the vectors with their ids, block by block
   */
  default void encodeElsewhere(HistoryEncoder encoder, UserBlocks.Visitor visitor) {}

  /** Takes blocks of users in the order of their histories. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Some users, behind those before.
     *
     * @param first the row of the first
     * @param vectors [users of the block x rank]
     */
    void block(int first, FactorMatrix vectors);
  }

  /** By this process. */
  static UserEncoding here() {
    return (encoder, histories, workers, visitor) -> {
      for (int from = 0; from < histories.userCount(); from += BLOCK) {
        int to = Math.min(histories.userCount(), from + BLOCK);
        visitor.block(from, encoder.encode(histories, from, to, workers));
      }
    };
  }
}
