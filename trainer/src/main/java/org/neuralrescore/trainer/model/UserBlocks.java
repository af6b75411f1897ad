// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.List;

/**
 * Users whose vectors are more than the memory is to hold: they are made when they are asked for,
 * some at a time, in an order of their own.
 */
public interface UserBlocks {
  /**
   * Makes all vectors.
   *
   * @param visitor gets every block once, on the caller's thread
   */
  void forEach(Visitor visitor);

  /** Takes blocks of users. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Some users, behind those before.
     *
     * @param ids of the rows
     * @param vectors [users of the block x rank]
     */
    void block(List<String> ids, FactorMatrix vectors);
  }
}
