// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** The columns of a matrix that are common enough for a square of them to be held. */
public final class CommonItems {
  private final int[] items;
  private final int[] places;

  private CommonItems(int[] items, int columns) {
    this.items = items;
    places = new int[columns];
    Arrays.fill(places, -1);
    for (int place = 0; place < items.length; place++) {
      places[items[place]] = place;
    }
  }

  /**
   * The columns with the largest sums of squares, equal ones by column; none without an entry.
   *
   * @param squares by column
   * @param most how many at most
   */
  public static CommonItems of(double[] squares, int most) {
    int[] items =
        IntStream.range(0, squares.length)
            .filter(item -> squares[item] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(item -> -squares[item]))
            .limit(most)
            .mapToInt(Integer::intValue)
            .toArray();
    return new CommonItems(items, squares.length);
  }

  /** As above, of a matrix: where its values are ones, the columns that most rows have. */
  public static CommonItems of(SparseMatrix rows, int most) {
    return of(squares(rows), most);
  }

  /** These columns, in this order, of so many. */
  public static CommonItems of(int[] items, int columns) {
    return new CommonItems(items.clone(), columns);
  }

  /** Sums of squares by column, new. */
  static double[] squares(SparseMatrix rows) {
    double[] squares = new double[rows.columnCount()];
    for (int p = 0; p < rows.size(); p++) {
      double value = rows.values()[p];
      squares[rows.columns()[p]] += value * value;
    }
    return squares;
  }

  /** How many. */
  public int size() {
    return items.length;
  }

  /** The column at a place. */
  public int item(int place) {
    return items[place];
  }

  /** A column's place, -1 where it is not common enough. */
  public int place(int item) {
    return places[item];
  }
}
