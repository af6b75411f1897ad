// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Some rows of a context table as bytes, for another process, with the texts that they have. */
public final class ContextBlock {
  private ContextBlock() {}

  /**
   * Some rows.
   *
   * @param rows in the order that they are to have
   */
  public static byte[] write(ContextTable table, int[] rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(rows.length);
      HistoryCodec.writeContext(out, own(table, rows), rows.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** These rows, and no text that none of them has. */
  private static ContextTable own(ContextTable table, int[] rows) {
    List<List<String>> values = new ArrayList<>();
    int[][] codes = new int[table.columns().size()][rows.length];
    for (int c = 0; c < codes.length; c++) {
      List<String> all = table.values(c);
      boolean[] used = new boolean[all.size()];
      for (int row : rows) {
        if (table.code(c, row) != ContextTable.ABSENT) {
          used[table.code(c, row)] = true;
        }
      }
      int[] place = new int[all.size()];
      List<String> own = new ArrayList<>();
      for (int code = 0; code < used.length; code++) {
        place[code] = own.size();
        if (used[code]) {
          own.add(all.get(code));
        }
      }
      for (int r = 0; r < rows.length; r++) {
        int code = table.code(c, rows[r]);
        codes[c][r] = code == ContextTable.ABSENT ? ContextTable.ABSENT : place[code];
      }
      values.add(own);
    }
    return codes.length == 0 ? ContextTable.NONE : new ContextTable(table.columns(), values, codes);
  }

  /** As {@link #write} wrote them. */
  public static ContextTable read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int rows = in.readInt();
      ContextTable table = HistoryCodec.readContext(in, rows);
      return table.columns().isEmpty() ? ContextTable.NONE : table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
