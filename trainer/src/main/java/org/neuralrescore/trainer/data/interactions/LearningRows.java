// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/** A matrix to factorise, with the user that each of its rows comes from. */
public final class LearningRows {
  private final SparseMatrix matrix;
  private final int[] owners;
  private final CoreRule.Core core;

  /**
   * Takes all as they are.
   *
   * @param matrix [rows x items]; the first rows are the users in their order
   * @param owners the user row of each row, [rows]; not copied
   * @param core the interactions that the matrix holds
   */
  LearningRows(SparseMatrix matrix, int[] owners, CoreRule.Core core) {
    this.matrix = matrix;
    this.owners = owners;
    this.core = core;
  }

  /** The interactions that the matrix holds. */
  public Histories histories() {
    return core.histories();
  }

  /** What the histories had besides. */
  public CoreRule.LeftOut leftOut() {
    return core.leftOut();
  }

  /** The matrix [rows x items]. */
  public SparseMatrix matrix() {
    return matrix;
  }

  /** The user whose interactions a row holds. */
  public int owner(int row) {
    return owners[row];
  }
}
