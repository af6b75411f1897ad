// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.neuralrescore.trainer.model.NeighbourFoldIn;

/**
 * The user vector before each interaction of a history, at the price of one update a position
 * instead of one fold-in of the whole prefix: with weights {@code floor + (1 - floor) e^(-age)} the
 * normal equations are a plain sum and a decaying sum, and both grow by one outer product. Solved
 * exactly, from the vector before. One instance a thread.
 */
public final class PrefixEncoder {
  private static final int MAX_SWEEPS = 50;
  private static final double TOLERANCE = 1e-3;
  private static final float REFINING_SHARE = 0.05f;
  private static final int REFINING_STEPS = 6;

  private final HistoryEncoder encoder;
  private final int rank;
  private final NonNegativeLeastSquares solver;
  private final double[][] plainGram;
  private final double[] plainSum;
  private final double[][] recentGram;
  private final double[] recentSum;
  private final double[][] q;
  private final double[] b;
  private final double[] row;
  private final double[] x;
  private double plainTotal;
  private double recentTotal;

  /** Receives one user vector. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Takes the vector before an interaction.
     *
     * @param position the interaction's position in the histories
     * @param vector [rank], overwritten after the call
     */
    void accept(int position, double[] vector);
  }

  /** Which positions are wanted. */
  @FunctionalInterface
  public interface Wanted {
    /** Whether the vector before this position is wanted. */
    boolean test(int position);
  }

  /** Encodes prefixes as {@code encoder} would, within the accuracy of its fold-in. */
  public PrefixEncoder(HistoryEncoder encoder) {
    this.encoder = encoder;
    rank = encoder.items().rank();
    solver = new NonNegativeLeastSquares(rank);
    plainGram = new double[rank][rank];
    plainSum = new double[rank];
    recentGram = new double[rank][rank];
    recentSum = new double[rank];
    q = new double[rank][rank];
    b = new double[rank];
    row = new double[rank];
    x = new double[rank];
  }

  /** Walks one user's history from its second interaction on. */
  public void walk(Histories histories, int user, Wanted wanted, Receiver receiver) {
    if (encoder.foldIn() instanceof KullbackLeiblerFoldIn foldIn) {
      refineEach(foldIn, histories, user, wanted, receiver);
      return;
    }
    for (int f = 0; f < rank; f++) {
      Arrays.fill(plainGram[f], 0);
      Arrays.fill(recentGram[f], 0);
    }
    Arrays.fill(plainSum, 0);
    Arrays.fill(recentSum, 0);
    Arrays.fill(x, 0);
    plainTotal = 0;
    recentTotal = 0;
    HistoryWeighting weighting = encoder.weighting();
    int from = histories.start(user);
    for (int p = from; p < histories.end(user); p++) {
      if (p > from && wanted.test(p)) {
        solve();
        receiver.accept(p, x);
      }
      double keep = p == from ? 0 : weighting.decay(histories.time(p) - histories.time(p - 1));
      boolean known = !encoder.items().isZero(histories.item(p));
      double value = known ? weighting.values().of(histories, p) : 0;
      add(histories.item(p), value, weighting.floor() < 1, keep);
    }
  }

  /** The Kullback-Leibler divergence has no sums that grow by a position: each from the last. */
  private void refineEach(
      KullbackLeiblerFoldIn foldIn,
      Histories histories,
      int user,
      Wanted wanted,
      Receiver receiver) {
    float[] vector = new float[0];
    for (int p = histories.start(user) + 1; p < histories.end(user); p++) {
      if (wanted.test(p)) {
        HistoryEncoder.Prefix prefix = encoder.prefix(histories, user, p);
        if (prefix.weights.length > 0) {
          vector =
              vector.length == 0
                  ? foldIn.encode(prefix.rows, prefix.weights)
                  : foldIn.refine(
                      prefix.rows, prefix.weights, vector, REFINING_SHARE, REFINING_STEPS);
        }
        for (int f = 0; f < rank; f++) {
          x[f] = vector.length == 0 ? 0 : vector[f];
        }
        receiver.accept(p, x);
      }
    }
  }

  private void add(int item, double value, boolean recency, double keep) {
    float[] items = encoder.items().values();
    // Of the squared error every history has the same normal matrix.
    boolean grams = encoder.foldIn() instanceof ImplicitFoldIn;
    plainTotal += value;
    for (int f = 0; f < rank; f++) {
      row[f] = items[item * rank + f];
      plainSum[f] += value * row[f];
    }
    if (grams) {
      Gram.addOuter(plainGram, row, value);
    }
    if (recency) {
      recentTotal = recentTotal * keep + value;
      for (int f = 0; f < rank; f++) {
        recentSum[f] = recentSum[f] * keep + value * row[f];
      }
      if (grams) {
        for (double[] gramRow : recentGram) {
          for (int g = 0; g < rank; g++) {
            gramRow[g] *= keep;
          }
        }
        Gram.addOuter(recentGram, row, value);
      }
    }
  }

  private void solve() {
    double floor = encoder.weighting().floor();
    double rest = 1 - floor;
    if (encoder.foldIn() instanceof NeighbourFoldIn neighbour) {
      int k = neighbour.factors();
      for (int f = 0; f < k; f++) {
        x[f] = floor * plainSum[k + f] + rest * recentSum[k + f];
      }
      return;
    }
    QuadraticTerms terms =
        QuadraticTerms.of(encoder.foldIn(), floor * plainTotal + rest * recentTotal);
    float[] base = terms.base;
    for (int f = 0; f < rank; f++) {
      for (int g = 0; g < rank; g++) {
        q[f][g] = base[f * rank + g] + floor * plainGram[f][g] + rest * recentGram[f][g];
      }
    }
    for (int f = 0; f < rank; f++) {
      q[f][f] += terms.ridge;
      b[f] = floor * plainSum[f] + rest * recentSum[f] - terms.l1;
    }
    solver.solve(q, b, x, 0, MAX_SWEEPS, TOLERANCE);
  }
}
