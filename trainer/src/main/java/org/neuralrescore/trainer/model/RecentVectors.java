// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/**
 * The recent vectors that are served for a scorer that reads them.
 *
 * @param users [users x rank], each row the encoding of that user's newest items; zeros where there
 *     are none; no rows where users are encoded by their history alone
 * @param unknown [1 x rank], what stands where nothing recent is known
 */
public record RecentVectors(FactorMatrix users, FactorMatrix unknown) {
  public RecentVectors {
    if (users.rank() != unknown.rank() || unknown.rows() != 1) {
      throw new IllegalArgumentException(
          "recent vectors of "
              + users.rank()
              + " expect one row of as many for who is unknown, got "
              + unknown.rows()
              + " of "
              + unknown.rank());
    }
  }

  /** The same without any user's. */
  public RecentVectors withoutUsers() {
    return new RecentVectors(new FactorMatrix(0, unknown.rank(), new float[0]), unknown);
  }
}
