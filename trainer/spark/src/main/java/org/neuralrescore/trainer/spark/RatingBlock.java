// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuralrescore.trainer.data.interactions.Histories;
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
   * The whole matrix, a block when it is asked for.
   *
   * @throws IllegalArgumentException where it is not of ones
   */
  static Stream<RatingBlock> of(SparseMatrix matrix) {
    for (float value : matrix.values()) {
      if (value != 1f) {
        throw new IllegalArgumentException("MLlib's options are mapped for ones, got " + value);
      }
    }
    List<Integer> bounds = new ArrayList<>(List.of(0));
    int from = 0;
    for (int row = 1; row <= matrix.rowCount(); row++) {
      if (row == matrix.rowCount() || matrix.end(row) - from > ONES) {
        bounds.add(row);
        from = matrix.end(row - 1);
      }
    }
    return IntStream.range(1, bounds.size())
        .mapToObj(b -> of(matrix, bounds.get(b - 1), bounds.get(b)));
  }

  /**
   * A one an interaction.
   *
   * @param firstRow of the first user
   */
  static RatingBlock of(int firstRow, Histories histories) {
    int[] starts = new int[histories.userCount() + 1];
    Arrays.setAll(starts, user -> user == 0 ? 0 : histories.end(user - 1));
    int[] columns = new int[histories.size()];
    Arrays.setAll(columns, histories::item);
    return new RatingBlock(firstRow, starts, columns);
  }

  private static RatingBlock of(SparseMatrix matrix, int first, int end) {
    int from = matrix.start(first);
    int[] starts = new int[end - first + 1];
    for (int row = first; row < end; row++) {
      starts[row - first + 1] = matrix.end(row) - from;
    }
    return new RatingBlock(
        first, starts, Arrays.copyOfRange(matrix.columns(), from, matrix.end(end - 1)));
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
