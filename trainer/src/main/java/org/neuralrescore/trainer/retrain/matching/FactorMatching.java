// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;

/**
 * Matches new factors to old ones by what items they weigh: the cosine of two factors is that of
 * their columns over the items that both generations know, and the match maximises the sum of
 * cosines. Cosines, because a factor's scale is arbitrary; one to one, because two factors with one
 * label would explain nothing.
 *
 * @param newOf by old factor, the new one that goes on with it
 * @param cosines by old factor, how alike the two are, from 0 to 1
 * @param commonItems items that both generations know
 */
public record FactorMatching(List<Integer> newOf, List<Double> cosines, int commonItems) {
  public FactorMatching {
    newOf = List.copyOf(newOf);
    cosines = List.copyOf(cosines);
  }

  /**
   * Matches.
   *
   * @param oldItems [old items x k]
   * @param newItems [new items x k], of the same k
   */
  public static FactorMatching of(
      Ids oldIds, FactorMatrix oldItems, Ids newIds, FactorMatrix newItems) {
    int rank = oldItems.rank();
    if (newItems.rank() != rank) {
      throw new IllegalArgumentException(
          "factor matching expects equal ranks, got " + rank + " and " + newItems.rank());
    }
    double[] products = new double[rank * rank];
    double[] oldSquares = new double[rank];
    double[] newSquares = new double[rank];
    int common = 0;
    for (int newRow = 0; newRow < newIds.size(); newRow++) {
      OptionalInt oldRow = oldIds.row(newIds.get(newRow));
      if (oldRow.isEmpty()) {
        continue;
      }
      common++;
      int oldAt = oldRow.getAsInt() * rank;
      int newAt = newRow * rank;
      for (int f = 0; f < rank; f++) {
        double mine = oldItems.values()[oldAt + f];
        double theirs = newItems.values()[newAt + f];
        oldSquares[f] += mine * mine;
        newSquares[f] += theirs * theirs;
        if (mine != 0) {
          for (int g = 0; g < rank; g++) {
            products[f * rank + g] += mine * newItems.values()[newAt + g];
          }
        }
      }
    }
    double[] costs = new double[rank * rank];
    for (int f = 0; f < rank; f++) {
      for (int g = 0; g < rank; g++) {
        double lengths = Math.sqrt(oldSquares[f] * newSquares[g]);
        // Two factors without weight have nothing in common.
        costs[f * rank + g] = lengths > 0 ? -products[f * rank + g] / lengths : 0;
      }
    }
    int[] match = Assignment.solve(rank, costs);
    List<Double> cosines = new ArrayList<>();
    for (int f = 0; f < rank; f++) {
      cosines.add(Math.min(1.0, 0.0 - costs[f * rank + match[f]]));
    }
    return new FactorMatching(Arrays.stream(match).boxed().toList(), cosines, common);
  }

  /** Whether every factor stands where it stood. */
  public boolean isIdentity() {
    for (int f = 0; f < newOf.size(); f++) {
      if (newOf.get(f) != f) {
        return false;
      }
    }
    return true;
  }

  /**
   * New factors in the old ones' order.
   *
   * @param matrix row-major [rows x k]
   * @return of the same shape, new
   */
  public double[] reorder(double[] matrix) {
    int rank = newOf.size();
    double[] ordered = new double[matrix.length];
    for (int row = 0; row < matrix.length; row += rank) {
      for (int f = 0; f < rank; f++) {
        ordered[row + f] = matrix[row + newOf.get(f)];
      }
    }
    return ordered;
  }
}
