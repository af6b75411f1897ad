// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import org.neuralrescore.plugin.graph.GraphCost;
import org.neuralrescore.plugin.graph.Linear;

/**
 * How a window is divided into runs, so that between two of them a search can end.
 *
 * <p>A chunk is as many rows as take some milliseconds, and as much memory as stays near the
 * processor: what the graph's check knows before anything runs. So a cheap network takes a whole
 * window in one run, where no time is lost, and a heavy one takes it in many. Inside a run {@link
 * RunWatch} looks.
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

  /** What a chunk takes where its graph lets it: some milliseconds. */
  private static final long USUAL_WORK = WORK / 4;

  /** What the tensors of a chunk take beyond the base at most, where {@link #FEW} rows let it. */
  private static final long USUAL_BYTES = 8L << 20;

  /** Rows that a chunk has whatever their bytes. */
  private static final int FEW = 256;

  /** A number of rows that no window has. */
  private static final int MOST = 1 << 20;

  /** What a run costs that is the same for any number of rows may be an eighth of a chunk. */
  private static final int SHARE = 8;

  /** Chunks of a graph that takes so much a run. */
  static Chunks of(GraphCost cost) {
    Linear work = cost.work();
    long row = Math.max(1, work.perRow());
    long wanted = Math.max(USUAL_WORK / row, SHARE * (work.base() / row));
    long fitting = Math.max(FEW, USUAL_BYTES / Math.max(1, cost.runBytes().perRow()));
    long allowed = Math.max(0, WORK - work.base()) / row;
    long rows = Math.max(LEAST, Math.min(Math.min(wanted, fitting), Math.min(allowed, MOST)));
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
