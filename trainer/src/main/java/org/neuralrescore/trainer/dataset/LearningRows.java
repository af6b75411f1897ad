package org.neuralrescore.trainer.dataset;

/** A matrix to factorise, with the user that each of its rows comes from. */
public final class LearningRows {
  private final SparseMatrix matrix;
  private final int[] owners;

  /**
   * Takes both as they are.
   *
   * @param matrix [rows x items]; the first rows are the users in their order
   * @param owners the user row of each row, [rows]; not copied
   */
  LearningRows(SparseMatrix matrix, int[] owners) {
    this.matrix = matrix;
    this.owners = owners;
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
