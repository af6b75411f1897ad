// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.List;
import java.util.Optional;

/**
 * Where a run stands after a whole number of sweeps: all that {@link Nmf#resume} needs to go on as
 * if it had never stopped, bit for bit.
 */
public final class NmfState {
  private final int rank;
  private final double[] rows;
  private final double[] columns;
  private final List<Double> objective;
  private final Optional<Extrapolation> extrapolation;

  /**
   * @param rank k
   * @param rows W, row-major [m x rank], finite and non-negative; owned by the state, not copied
   * @param columns H, row-major [n x rank], likewise
   * @param objective the objective after each sweep done; empty for a start
   */
  public NmfState(int rank, double[] rows, double[] columns, List<Double> objective) {
    this(rank, rows, columns, objective, Optional.empty());
  }

  private NmfState(
      int rank,
      double[] rows,
      double[] columns,
      List<Double> objective,
      Optional<Extrapolation> extrapolation) {
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
    this.extrapolation = extrapolation;
  }

  /** The same with what an extrapolated run goes on from; of the same shapes. */
  public NmfState with(Extrapolation value) {
    if (value.rows().length != rows.length || value.columns().length != columns.length) {
      throw new IllegalArgumentException(
          "NMF state of "
              + rows.length
              + " and "
              + columns.length
              + " values got an extrapolation of "
              + value.rows().length
              + " and "
              + value.columns().length);
    }
    requireNonNegative("W before extrapolation", rank, value.rows());
    requireNonNegative("H extrapolated", rank, value.columns());
    return new NmfState(rank, rows, columns, objective, Optional.of(value));
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

  /** Of {@link NmfSolver#EXTRAPOLATED_HALS} alone, and from its first sweep on. */
  public Optional<Extrapolation> extrapolation() {
    return extrapolation;
  }
}
