// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * Users whose vectors are more than the memory is to hold: they are made when they are asked for,
 * some at a time, in the order of their rows.
 */
public interface UserBlocks {
  /** The users' ids. */
  Ids ids();

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
     * @param first the row of the first
     * @param vectors [users of the block x rank]
     */
    void block(int first, FactorMatrix vectors);
  }
}
