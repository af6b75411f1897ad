// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The outside world's string ids of users or items, in row order: row {@code r} of a matrix belongs
 * to {@code get(r)}. Users of a trainer never see an index, so a transposed or shifted matrix
 * cannot pass for a right one.
 */
public final class Ids {
  private final List<String> byRow;
  private final Map<String, Integer> rows;

  /**
   * @param byRow distinct ids without control characters, one a row; copied
   * @throws IllegalArgumentException on a repeated or unprintable id
   */
  public Ids(List<String> byRow) {
    this.byRow = List.copyOf(byRow);
    this.rows = new HashMap<>(byRow.size() * 2);
    for (int row = 0; row < this.byRow.size(); row++) {
      String id = this.byRow.get(row);
      requirePrintable(row, id);
      Integer earlier = rows.put(id, row);
      if (earlier != null) {
        throw twice(id, earlier, row);
      }
    }
  }

  /**
   * The rule of every id.
   *
   * @throws IllegalArgumentException where it is empty or has a control character
   */
  public static void requirePrintable(int row, String id) {
    if (id.isEmpty() || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "id of row " + row + " is empty or has a control character: [" + id + "]");
    }
  }

  /** What is said of an id that stands at two rows. */
  public static IllegalArgumentException twice(String id, int earlier, int row) {
    return new IllegalArgumentException(
        "id [" + id + "] stands at rows " + earlier + " and " + row);
  }

  /** The number of rows. */
  public int size() {
    return byRow.size();
  }

  /** The id of a row. */
  public String get(int row) {
    return byRow.get(row);
  }

  /** The row of an id, or empty where the id is unknown. */
  public OptionalInt row(String id) {
    Integer row = rows.get(id);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /** All ids in row order, immutable. */
  public List<String> asList() {
    return byRow;
  }
}
