package org.neuralrescore.plugin.onnx;

import org.neuralrescore.plugin.graph.Linear;

/**
 * How a window is divided into runs, so that between two of them a search can end.
 *
 * <p>A chunk is a multiple of 16 rows, and the last one is never a single row where there are more:
 * the kernels work on so many rows at a time, and a single one goes another way. So a window gives
 * the same bits in chunks as in one run.
 *
 * @param rows of each chunk but the last, which may have one more
 */
record Chunks(int rows) {
  /** The largest chunk, in operations of a dense layer: some hundredths of a second. */
  static final long WORK = 1L << 30;

  /** The fewest rows that keep a kernel busy. */
  static final int LEAST = 16;

  private static final int USUAL = 256;
  private static final int MOST = 4_096;

  /** What a run costs that is the same for any number of rows may be an eighth of a chunk. */
  private static final int SHARE = 8;

  /** Chunks of a graph that takes so much work a run. */
  static Chunks of(Linear work) {
    long row = Math.max(1, work.perRow());
    long wanted = Math.max(USUAL, Math.min(MOST, SHARE * (work.base() / row)));
    long allowed = Math.max(0, WORK - work.base()) / row;
    long rows = Math.max(LEAST, Math.min(wanted, allowed));
    return new Chunks((int) (rows - rows % LEAST));
  }

  /** The rows of the next run, of so many that are left. */
  int next(int left) {
    return left <= rows + 1 ? left : rows;
  }

  /** The most rows of a run, of so many in all. */
  int largest(int all) {
    return Math.min(all, rows + 1);
  }
}
