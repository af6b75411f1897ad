// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.neuralrescore.trainer.model.ContextColumn;

/**
 * A context table as a scorer reads it: one-hot rows by the values that it knows. Columns are found
 * by name; one that the table does not have is absent in every row. Immutable, thread-safe.
 */
public final class ContextRows {
  private static final int UNKNOWN = -1;

  private final ContextTable table;
  private final int width;
  private final int[] tableColumns;
  private final int[][] places;

  /** Binds a table to the columns that a scorer reads. */
  public ContextRows(ContextTable table, List<ContextColumn> known) {
    this.table = table;
    this.width = known.stream().mapToInt(ContextColumn::width).sum();
    List<Integer> columns = new ArrayList<>();
    List<int[]> found = new ArrayList<>();
    int offset = 0;
    for (ContextColumn one : known) {
      OptionalInt column = table.column(one.column());
      if (column.isPresent()) {
        columns.add(column.getAsInt());
        found.add(places(table.values(column.getAsInt()), one.values(), offset));
      }
      offset += one.width();
    }
    tableColumns = columns.stream().mapToInt(Integer::intValue).toArray();
    places = found.toArray(int[][]::new);
  }

  private static int[] places(List<String> values, List<String> known, int offset) {
    Map<String, Integer> at = new HashMap<>();
    for (int i = 0; i < known.size(); i++) {
      at.put(known.get(i), offset + i);
    }
    return values.stream().mapToInt(value -> at.getOrDefault(value, UNKNOWN)).toArray();
  }

  /** The length of a row. */
  public int width() {
    return width;
  }

  /** Writes a row to {@code to[offset .. offset + width - 1]}. */
  public void fill(int row, float[] to, int offset) {
    Arrays.fill(to, offset, offset + width, 0f);
    for (int c = 0; c < tableColumns.length; c++) {
      int code = table.code(tableColumns[c], row);
      int place = code == ContextTable.ABSENT ? UNKNOWN : places[c][code];
      if (place != UNKNOWN) {
        to[offset + place] = 1f;
      }
    }
  }

  /** A row, new. */
  public float[] row(int row) {
    float[] values = new float[width];
    fill(row, values, 0);
    return values;
  }
}
