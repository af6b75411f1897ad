// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.IOException;
import java.util.List;

/** Rows of named cells, one after the other. */
public interface Table extends AutoCloseable {
  /** The names of the columns, in their order. */
  List<String> columns();

  /**
   * Goes to the next row, the first time to the first.
   *
   * @return false behind the last
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where the row is malformed
   */
  boolean next() throws IOException;

  /** A cell of the present row as text without blanks around it, empty where it has none. */
  String cell(int column);

  /** Whether a cell of the present row is a list of several values, which its text parts by |. */
  default boolean several(int column) {
    return false;
  }

  /** Where the present row is, such as {@code line 12}. */
  String place();

  @Override
  void close() throws IOException;
}
