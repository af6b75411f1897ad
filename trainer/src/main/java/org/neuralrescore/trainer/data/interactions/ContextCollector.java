// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Gathers the context of lines in file order and gives the lines that were kept a table. */
final class ContextCollector {
  private final List<String> columns;
  private final List<Map<String, Integer>> numbers = new ArrayList<>();
  private final int[][] codes;
  private int size;

  /** Takes lines with values of these columns. */
  ContextCollector(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.codes = new int[columns.size()][1024];
    columns.forEach(column -> numbers.add(new HashMap<>()));
  }

  /**
   * Takes a line.
   *
   * @param values one a column, blank where there is none
   */
  void add(List<String> values) {
    for (int c = 0; c < codes.length; c++) {
      if (size == codes[c].length) {
        codes[c] = Arrays.copyOf(codes[c], LineRoom.behind(size));
      }
      Map<String, Integer> known = numbers.get(c);
      String value = values.get(c);
      codes[c][size] =
          value.isEmpty() ? ContextTable.ABSENT : known.computeIfAbsent(value, v -> known.size());
    }
    size++;
  }

  /**
   * The context of these lines, in this order.
   *
   * @param lines counted from 0 in the order in which they were added
   */
  ContextTable finish(int[] lines) {
    if (columns.isEmpty()) {
      return ContextTable.NONE;
    }
    List<List<String>> values = new ArrayList<>();
    int[][] kept = new int[columns.size()][lines.length];
    for (int c = 0; c < kept.length; c++) {
      Map<String, Integer> known = numbers.get(c);
      String[] texts = new String[known.size()];
      known.forEach((text, number) -> texts[number] = text);
      // Only what a kept line has: the table must not depend on lines that were left out.
      TreeSet<String> sorted = new TreeSet<>();
      for (int line : lines) {
        if (codes[c][line] != ContextTable.ABSENT) {
          sorted.add(texts[codes[c][line]]);
        }
      }
      List<String> order = List.copyOf(sorted);
      Map<String, Integer> rank = new HashMap<>();
      order.forEach(text -> rank.put(text, rank.size()));
      for (int i = 0; i < lines.length; i++) {
        int code = codes[c][lines[i]];
        kept[c][i] = code == ContextTable.ABSENT ? ContextTable.ABSENT : rank.get(texts[code]);
      }
      values.add(order);
    }
    return new ContextTable(columns, values, kept);
  }
}
