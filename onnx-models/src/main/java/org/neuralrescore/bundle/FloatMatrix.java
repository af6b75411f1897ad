// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of equal width, float32, row-major.
 *
 * @param rows how many
 * @param width values in a row, at least 1
 * @param values all rows, one after the other: {@code rows * width}
 */
public record FloatMatrix(int rows, int width, FloatVector values) {
  public FloatMatrix {
    if (rows < 0 || width < 1 || values.length() != (long) rows * width) {
      throw new IllegalArgumentException(
          "matrix expects " + rows + " x " + width + " values, got " + values.length());
    }
  }

  /** Stacks vectors of equal length, at least one. */
  public static FloatMatrix ofRows(List<FloatVector> rows) {
    int width = rows.get(0).length();
    FloatBuffer values = FloatBuffer.allocate(rows.size() * width);
    for (int r = 0; r < rows.size(); r++) {
      if (rows.get(r).length() != width) {
        throw new IllegalArgumentException(
            "matrix row " + r + " expects " + width + " values, got " + rows.get(r).length());
      }
      rows.get(r).copyTo(values, r * width);
    }
    return new FloatMatrix(rows.size(), width, FloatVector.of(values.array()));
  }

  /** The rows as JSON has them; new. */
  public List<List<Float>> asLists() {
    List<Float> all = values.asList();
    List<List<Float>> lists = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      lists.add(all.subList(row * width, (row + 1) * width));
    }
    return lists;
  }
}
