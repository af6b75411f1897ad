// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Puts rows of several tables of the same columns into their places in one. The texts of all become
 * those of one table, so that it does not depend on how rows were parted.
 */
final class ContextJoin {
  private final List<String> columns;
  private final List<List<String>> values = new ArrayList<>();

  /** By column and table, where each of the table's texts stands among those of all. */
  private final int[][][] places;

  private final int[][] codes;

  /**
   * @param tables one at least; of each its texts are looked at, and not its rows
   * @param size rows that there will be
   */
  ContextJoin(List<ContextTable> tables, int size) {
    this.columns = tables.get(0).columns();
    this.codes = new int[columns.size()][size];
    this.places = new int[columns.size()][tables.size()][];
    for (ContextTable table : tables) {
      if (!table.columns().equals(columns)) {
        throw new IllegalArgumentException(
            "context of " + columns + " expects parts with the same, got " + table.columns());
      }
    }
    for (int c = 0; c < columns.size(); c++) {
      joinValues(tables, c);
    }
  }

  private void joinValues(List<ContextTable> tables, int column) {
    TreeSet<String> sorted = new TreeSet<>();
    tables.forEach(table -> sorted.addAll(table.values(column)));
    List<String> all = List.copyOf(sorted);
    Map<String, Integer> place = new HashMap<>();
    all.forEach(text -> place.put(text, place.size()));
    for (int t = 0; t < tables.size(); t++) {
      places[column][t] = tables.get(t).values(column).stream().mapToInt(place::get).toArray();
    }
    values.add(all);
  }

  /**
   * Some rows of a table.
   *
   * @param number of the table among those whose texts are known
   * @param from the first
   * @param until behind the last
   * @param to where the first of them stands here
   */
  void put(int number, ContextTable table, int from, int until, int to) {
    for (int c = 0; c < codes.length; c++) {
      for (int row = from; row < until; row++) {
        int code = table.code(c, row);
        codes[c][to + row - from] =
            code == ContextTable.ABSENT ? ContextTable.ABSENT : places[c][number][code];
      }
    }
  }

  /** The table of all rows. */
  ContextTable finish() {
    return codes.length == 0 ? ContextTable.NONE : new ContextTable(columns, values, codes);
  }
}
