// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;

/**
 * What the first lines of a text say of all others, so that those can be read by themselves.
 *
 * @param kind delimited text or JSON lines
 * @param columns their names, in order
 * @param headed whether the first line names them
 */
public record LineLayout(DataFile.Kind kind, List<String> columns, boolean headed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public LineLayout {
    columns = List.copyOf(columns);
  }

  /**
   * Looks at the first lines.
   *
   * @param file the text, or its beginning
   * @param header as for {@link DataFile#open}
   * @return empty where lines cannot be read by themselves (packed, Parquet), and where something
   *     is wrong, which whoever reads the file will tell
   */
  public static Optional<LineLayout> of(DataFile file, String delimiter, List<String> header) {
    try {
      if (!file.isPlainText()) {
        return Optional.empty();
      }
      DataFile.Kind kind = file.kind();
      try (Table table = file.open(delimiter, header)) {
        return Optional.of(
            new LineLayout(kind, table.columns(), kind == DataFile.Kind.TEXT && header.isEmpty()));
      }
    } catch (UserError | IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Opens some lines. Their places are told from the first of them, and a quoted field that reaches
   * across lines is an error: where there is none, and no other, in the ranges before this one,
   * this one began where a line does.
   *
   * @param bytes of the text from {@link LineRange#start} on; the table's from now on
   * @param name what errors call it
   */
  public Table open(InputStream bytes, LineRange range, String name, String delimiter)
      throws IOException {
    try {
      Reader text = new BufferedReader(DataFile.decoded(range.of(bytes)), 1 << 16);
      if (range.from() == 0) {
        text = ByteOrderMark.skip(text);
      }
      if (kind == DataFile.Kind.JSON_LINES) {
        return JsonTable.of(text, name, columns);
      }
      boolean first = headed && range.from() == 0;
      return TextTable.ofLines(text, name, delimiter, first ? List.of() : columns);
    } catch (IOException | UserError e) {
      bytes.close();
      throw e;
    }
  }
}
