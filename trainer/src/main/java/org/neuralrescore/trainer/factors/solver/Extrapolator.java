// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;

/**
 * Sweeps that begin beyond where the last one ended, {@code y = max(0, x + beta (x - x before))}
 * (Ang and Gillis 2019, Accelerating Nonnegative Matrix Factorization Algorithms Using
 * Extrapolation, algorithm 4 with projection): W is extrapolated between the half-sweeps, H behind
 * them. The paper takes the objective at its last update and the other factor's extrapolation,
 * which costs nothing; that pair, which is feasible, is what stands here after a sweep. beta grows
 * while the objective falls.
 *
 * <p>beta begins at 0.8, not at the paper's 0.5: {@link Run} has sweeps behind it by then that were
 * not extrapolated. Where the objective would not fall the paper goes on without extrapolation in
 * its next iteration. Here the same sweep is done again without it, so that every sweep keeps the
 * promise of the solver behind it: the objective never rises.
 */
final class Extrapolator {
  private static final int PART = 1 << 14;
  private static final double FIRST_STEP = 0.8;
  private static final double GROWTH = 1.05;
  private static final double CEILING_GROWTH = 1.01;
  private static final double DECAY = 1.5;

  private final Workers workers;
  private double[] w;
  private double[] h;
  private double[] rows;
  private double[] columns;
  private double[] nextW;
  private double[] nextH;
  private double[] nextRows;
  private double step;
  private double lastStep;
  private double ceiling;

  /**
   * Goes on from a state, or begins at factors where it knows of no extrapolation yet.
   *
   * @param w row-major [m x rank], the extrapolator's own from now on, like {@code h}
   */
  Extrapolator(Optional<Extrapolation> known, double[] w, double[] h, Workers workers) {
    this.workers = workers;
    this.w = w;
    this.h = h;
    rows = known.map(e -> e.rows().clone()).orElseGet(w::clone);
    columns = known.map(e -> e.columns().clone()).orElseGet(h::clone);
    step = known.map(Extrapolation::step).orElse(FIRST_STEP);
    lastStep = known.map(Extrapolation::lastStep).orElse(FIRST_STEP);
    ceiling = known.map(Extrapolation::ceiling).orElse(1.0);
    nextW = new double[w.length];
    nextH = new double[h.length];
    nextRows = new double[w.length];
  }

  /**
   * One sweep.
   *
   * @param alternation may be another one from sweep to sweep
   * @param last the objective of the factors as they are; infinite where nothing is known of it,
   *     and then nothing is extrapolated
   * @return the new objective
   */
  double sweep(Alternation alternation, double last) {
    if (last < Double.POSITIVE_INFINITY) {
      double objective = extrapolated(alternation);
      if (objective < last) {
        accept();
        return objective;
      }
      ceiling = lastStep;
      step /= DECAY;
    }
    double objective = alternation.sweep(w, h, alternation.summary(h), () -> {});
    System.arraycopy(w, 0, rows, 0, w.length);
    System.arraycopy(h, 0, columns, 0, h.length);
    return objective;
  }

  private double extrapolated(Alternation alternation) {
    System.arraycopy(w, 0, nextW, 0, w.length);
    System.arraycopy(columns, 0, nextH, 0, h.length);
    return alternation.sweep(
        nextW,
        nextH,
        alternation.summary(columns),
        () -> {
          System.arraycopy(nextW, 0, nextRows, 0, nextW.length);
          beyond(nextW, nextRows, rows);
        });
  }

  private void accept() {
    beyond(columns, nextH, h);
    double[] swapped = w;
    w = nextW;
    nextW = swapped;
    swapped = h;
    h = nextH;
    nextH = swapped;
    swapped = rows;
    rows = nextRows;
    nextRows = swapped;
    lastStep = step;
    step = Math.min(ceiling, GROWTH * step);
    ceiling = Math.min(1, CEILING_GROWTH * ceiling);
  }

  /** {@code y = max(0, x + step (x - before))}. */
  private void beyond(double[] y, double[] x, double[] before) {
    double share = step;
    workers.runRows(
        y.length,
        PART,
        (part, from, to) -> {
          for (int i = from; i < to; i++) {
            y[i] = Math.max(0, x[i] + share * (x[i] - before[i]));
          }
        });
  }

  /** W, not a copy; another array after the next sweep. */
  double[] w() {
    return w;
  }

  /** H, likewise. */
  double[] h() {
    return h;
  }

  /** What a run needs beside W and H to go on, copied. */
  Extrapolation state() {
    return new Extrapolation(rows.clone(), columns.clone(), step, lastStep, ceiling);
  }
}
