// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.SquaredFoldIn;

/**
 * The recent vectors before many positions of histories, as {@link PrefixEncoder} makes the user
 * vectors: quadratic losses are solved exactly, from the vector before, which differs by an item or
 * two, and not by the many fixed steps of the exported graph; the other fold-ins are cheap on a
 * handful of items and run as they are. One instance a thread.
 */
public final class RecentPrefixes {
  private static final int MAX_SWEEPS = 50;
  private static final double TOLERANCE = 1e-3;

  private final RecentEncoder encoder;
  private final int rank;
  private final boolean quadratic;
  private final NonNegativeLeastSquares solver;
  private final double[][] q;
  private final double[] b;
  private final double[] row;
  private final double[] x;
  private int lastUser = -1;

  /** Encodes prefixes as {@code encoder} would, within the accuracy of its fold-in. */
  public RecentPrefixes(RecentEncoder encoder) {
    this.encoder = encoder;
    rank = encoder.encoder().items().rank();
    FoldIn foldIn = encoder.encoder().foldIn();
    quadratic = foldIn instanceof ImplicitFoldIn || foldIn instanceof SquaredFoldIn;
    solver = new NonNegativeLeastSquares(rank);
    int size = quadratic ? rank : 0;
    q = new double[size][size];
    b = new double[size];
    row = new double[size];
    x = new double[size];
  }

  /**
   * Encodes the newest items that a user had touched before a position.
   *
   * @param until behind the last position that counts; not falling from call to call of one user
   * @param to gets [rank] values from {@code offset} on
   */
  public void encode(Histories histories, int user, int until, float[] to, int offset) {
    if (!quadratic) {
      System.arraycopy(encoder.encode(histories, user, until), 0, to, offset, rank);
      return;
    }
    int[] newest = encoder.newest(histories, user, until);
    if (user != lastUser || newest.length == 0) {
      // No user's vector may depend on who came before: that is up to the threads.
      Arrays.fill(x, 0);
      lastUser = user;
    }
    if (newest.length > 0) {
      solve(newest);
    }
    for (int f = 0; f < rank; f++) {
      to[offset + f] = (float) x[f];
    }
  }

  private void solve(int[] newest) {
    FactorMatrix items = encoder.encoder().items();
    float[] weights = encoder.recent().weights(newest.length);
    double total = 0;
    for (float weight : weights) {
      total += weight;
    }
    QuadraticTerms terms = QuadraticTerms.of(encoder.encoder().foldIn(), total);
    for (int f = 0; f < rank; f++) {
      for (int g = 0; g < rank; g++) {
        q[f][g] = terms.base[f * rank + g];
      }
      q[f][f] += terms.ridge;
      b[f] = -terms.l1;
    }
    for (int i = 0; i < newest.length; i++) {
      for (int f = 0; f < rank; f++) {
        row[f] = items.values()[newest[i] * rank + f];
        b[f] += weights[i] * row[f];
      }
      if (terms.grams) {
        Gram.addOuter(q, row, weights[i]);
      }
    }
    solver.solve(q, b, x, 0, MAX_SWEEPS, TOLERANCE);
  }
}
