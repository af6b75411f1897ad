package org.neuralrescore.trainer.nmf;

/**
 * What a solver takes, roughly, in multiplications: good for the share of a search that is done and
 * for the time that is left, not for a comparison of methods.
 *
 * @param preparation before the first sweep, whenever a solver begins or goes on
 * @param sweep each
 */
public record SolverWork(double preparation, double sweep) {
  /** Of so many sweeps without the preparation. */
  public double sweeps(int count) {
    return count * sweep;
  }
}
