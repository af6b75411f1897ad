package org.neuralrescore.trainer.nmf.solver;

import java.util.List;

/**
 * Where a run stands after a whole number of sweeps: all that {@link Nmf#resume} needs to go on as
 * if it had never stopped, bit for bit.
 */
public final class NmfState {
  private final int rank;
  private final double[] rows;
  private final double[] columns;
  private final List<Double> objective;

  /**
   * @param rank k
   * @param rows W, row-major [m x rank], finite and non-negative; owned by the state, not copied
   * @param columns H, row-major [n x rank], likewise
   * @param objective the objective after each sweep done; empty for a start
   */
  public NmfState(int rank, double[] rows, double[] columns, List<Double> objective) {
    if (rank < 1 || rows.length % rank != 0 || columns.length % rank != 0) {
      throw new IllegalArgumentException(
          "NMF state of rank " + rank + " got " + rows.length + " and " + columns.length);
    }
    requireNonNegative("W", rank, rows);
    requireNonNegative("H", rank, columns);
    this.rank = rank;
    this.rows = rows;
    this.columns = columns;
    this.objective = List.copyOf(objective);
  }

  /** A start from known factors, such as those of the last training: no sweep is done yet. */
  public static NmfState warmStart(int rank, double[] rows, double[] columns) {
    return new NmfState(rank, rows.clone(), columns.clone(), List.of());
  }

  private static void requireNonNegative(String name, int rank, double[] factor) {
    for (int i = 0; i < factor.length; i++) {
      if (!(factor[i] >= 0) || Double.isInfinite(factor[i])) {
        throw new IllegalArgumentException(
            "NMF state has "
                + name
                + "["
                + i / rank
                + ", "
                + i % rank
                + "] = "
                + factor[i]
                + ", expected finite and at least 0");
      }
    }
  }

  /** k. */
  public int rank() {
    return rank;
  }

  /** W, row-major [m x rank], not a copy: readers must not write. */
  public double[] rows() {
    return rows;
  }

  /** H, row-major [n x rank], not a copy: readers must not write. */
  public double[] columns() {
    return columns;
  }

  /** Sweeps done. */
  public int sweeps() {
    return objective.size();
  }

  /** The objective, penalties included, after each sweep; never rising. */
  public List<Double> objective() {
    return objective;
  }
}
