package org.neuralrescore.trainer.baseline;

import java.util.Arrays;
import org.apache.mahout.math.stats.LogLikelihood;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/** How alike two items are, from how many users touched both. */
enum Similarity {
  /** {@code both / sqrt(one * other)}. */
  COSINE {
    @Override
    double of(int both, int one, int other, int users) {
      return both / Math.sqrt((double) one * other);
    }
  },
  /** The signed root of Mahout's log-likelihood ratio: how surprising the overlap is. */
  LOG_LIKELIHOOD {
    @Override
    double of(int both, int one, int other, int users) {
      return LogLikelihood.rootLogLikelihoodRatio(
          both, one - both, other - both, users - one - other + both);
    }
  };

  private static final int ITEMS_PER_PART = 32;

  abstract double of(int both, int one, int other, int users);

  /**
   * Every item's most alike items with a positive similarity.
   *
   * @param neighbours how many at most; equal similarities by row
   * @return [items x items], row {@code i} holds the neighbours of item {@code i}
   */
  SparseMatrix of(Histories learned, int neighbours, Workers workers) {
    SparseMatrix byUser = learned.toMatrix();
    SparseMatrix byItem = byUser.transpose();
    int items = learned.itemCount();
    int[] popularity = learned.popularity();
    int[][] columns = new int[items][];
    float[][] values = new float[items][];
    workers.runRows(
        items,
        ITEMS_PER_PART,
        (part, from, to) -> {
          int[] both = new int[items];
          for (int item = from; item < to; item++) {
            Arrays.fill(both, 0);
            for (int p = byItem.start(item); p < byItem.end(item); p++) {
              int user = byItem.columns()[p];
              for (int r = byUser.start(user); r < byUser.end(user); r++) {
                both[byUser.columns()[r]]++;
              }
            }
            both[item] = 0;
            fillRow(item, both, popularity, learned.userCount(), neighbours, columns, values);
          }
        });
    return stack(items, columns, values);
  }

  private void fillRow(
      int item,
      int[] both,
      int[] popularity,
      int users,
      int neighbours,
      int[][] columns,
      float[][] values) {
    long[] ranked = new long[both.length];
    int n = 0;
    for (int other = 0; other < both.length; other++) {
      if (both[other] > 0) {
        float value = (float) of(both[other], popularity[item], popularity[other], users);
        if (value > 0f) {
          // Positive floats are ordered as their bits are: the largest first, then by row.
          ranked[n++] = (long) -Float.floatToIntBits(value) << 32 | other;
        }
      }
    }
    int kept = Math.min(n, neighbours);
    if (kept < n) {
      Arrays.sort(ranked, 0, n);
    }
    int[] row = new int[kept];
    for (int i = 0; i < kept; i++) {
      row[i] = (int) ranked[i];
    }
    Arrays.sort(row);
    columns[item] = row;
    values[item] = new float[kept];
    for (int i = 0; i < kept; i++) {
      values[item][i] = (float) of(both[row[i]], popularity[item], popularity[row[i]], users);
    }
  }

  private static SparseMatrix stack(int items, int[][] columns, float[][] values) {
    int[] starts = new int[items + 1];
    for (int i = 0; i < items; i++) {
      starts[i + 1] = Math.addExact(starts[i], columns[i].length);
    }
    int[] allColumns = new int[starts[items]];
    float[] allValues = new float[starts[items]];
    for (int i = 0; i < items; i++) {
      System.arraycopy(columns[i], 0, allColumns, starts[i], columns[i].length);
      System.arraycopy(values[i], 0, allValues, starts[i], columns[i].length);
    }
    return new SparseMatrix(items, starts, allColumns, allValues);
  }
}
