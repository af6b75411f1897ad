// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Some rows of a matrix of ones, on their way to executors. */
final class RatingBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String ROW = "row";
  static final String COLUMN = "column";
  static final String RATING = "rating";

  static final StructType SCHEMA =
      new StructType()
          .add(ROW, DataTypes.IntegerType, false)
          .add(COLUMN, DataTypes.IntegerType, false)
          .add(RATING, DataTypes.FloatType, false);

  /** Ones of a block, give or take a row's. */
  private static final int ONES = 500_000;

  private final int firstRow;
  private final int[] starts;
  private final int[] columns;

  /**
   * @param firstRow the first of the rows
   * @param starts [rows + 1], rising from 0; not copied
   * @param columns of the ones; not copied
   */
  private RatingBlock(int firstRow, int[] starts, int[] columns) {
    this.firstRow = firstRow;
    this.starts = starts;
    this.columns = columns;
  }

  /**
   * The whole matrix.
   *
   * @throws IllegalArgumentException where it is not of ones
   */
  static List<RatingBlock> of(SparseMatrix matrix) {
    for (float value : matrix.values()) {
      if (value != 1f) {
        throw new IllegalArgumentException("MLlib's options are mapped for ones, got " + value);
      }
    }
    List<RatingBlock> blocks = new ArrayList<>();
    int first = 0;
    for (int row = 1; row <= matrix.rowCount(); row++) {
      int from = matrix.start(first);
      if (row == matrix.rowCount() || matrix.end(row) - from > ONES) {
        int offset = from;
        blocks.add(
            new RatingBlock(
                first,
                IntStream.rangeClosed(first, row)
                    .map(r -> (r == matrix.rowCount() ? matrix.size() : matrix.start(r)) - offset)
                    .toArray(),
                Arrays.copyOfRange(matrix.columns(), from, matrix.end(row - 1))));
        first = row;
      }
    }
    return blocks;
  }

  /** A row a rating. */
  Iterator<Row> rows() {
    return IntStream.range(0, starts.length - 1)
        .boxed()
        .flatMap(
            r ->
                IntStream.range(starts[r], starts[r + 1])
                    .mapToObj(p -> RowFactory.create(firstRow + r, columns[p], 1f)))
        .iterator();
  }
}
