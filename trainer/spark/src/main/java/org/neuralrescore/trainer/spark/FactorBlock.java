// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.neuralrescore.trainer.factors.solver.Side;

/** Factors of some rows, on their way to the driver: arrays, where MLlib has an object a row. */
final class FactorBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int ROWS = 1 << 14;

  private final int[] rows;
  private final float[] values;

  /**
   * @param rows which; not copied
   * @param values [rows x rank]; not copied
   */
  private FactorBlock(int[] rows, float[] values) {
    this.rows = rows;
    this.values = values;
  }

  /**
   * All factors of a side, a partition after the other, so that the driver holds one beside the
   * matrix.
   *
   * @param factors {@code id} and {@code features} as MLlib gives them
   * @param count rows of the matrix; those that MLlib has not seen stay zero
   * @param scale of every value
   */
  static double[] matrix(Dataset<Row> factors, int count, int rank, double scale) {
    double[] matrix = new double[Side.size(count, rank)];
    Iterator<FactorBlock> blocks =
        factors
            .select("id", "features")
            .javaRDD()
            .mapPartitions(new ToBlocks(rank))
            .toLocalIterator();
    while (blocks.hasNext()) {
      FactorBlock block = blocks.next();
      for (int r = 0; r < block.rows.length; r++) {
        for (int f = 0; f < rank; f++) {
          matrix[block.rows[r] * rank + f] = block.values[r * rank + f] * scale;
        }
      }
    }
    return matrix;
  }

  private static final class ToBlocks implements FlatMapFunction<Iterator<Row>, FactorBlock> {
    private static final long serialVersionUID = 1L;

    private final int rank;

    ToBlocks(int rank) {
      this.rank = rank;
    }

    @Override
    public Iterator<FactorBlock> call(Iterator<Row> factors) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return factors.hasNext();
        }

        @Override
        public FactorBlock next() {
          return block(factors);
        }
      };
    }

    private FactorBlock block(Iterator<Row> factors) {
      int[] rows = new int[ROWS];
      float[] values = new float[ROWS * rank];
      int count = 0;
      while (count < ROWS && factors.hasNext()) {
        Row row = factors.next();
        rows[count] = row.getInt(0);
        List<Float> features = new ArrayList<>(row.<Float>getList(1));
        for (int f = 0; f < rank; f++) {
          values[count * rank + f] = features.get(f);
        }
        count++;
      }
      return new FactorBlock(Arrays.copyOf(rows, count), Arrays.copyOf(values, count * rank));
    }
  }
}
