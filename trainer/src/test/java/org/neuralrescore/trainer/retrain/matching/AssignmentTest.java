// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain.matching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Property(tries = 300)
  void solve_costsWhatTheBestOfAllPermutationsCosts(
      @ForAll @IntRange(min = 1, max = 7) int n, @ForAll long seed) {
    double[] costs = random(n, seed, 1000);
    assertEquals(bruteForce(n, costs, new int[n], 0, 0), cost(n, costs), 1e-9, "seed " + seed);
  }

  @Property(tries = 200)
  void solve_withManyEqualCosts_isStillBest(
      @ForAll @IntRange(min = 2, max = 7) int n, @ForAll long seed) {
    double[] costs = random(n, seed, 3);
    assertEquals(bruteForce(n, costs, new int[n], 0, 0), cost(n, costs), 1e-9, "seed " + seed);
  }

  @Test
  void solve_ofALargePlantedPermutation_findsIt() {
    int n = 256;
    SplittableRandom random = new SplittableRandom(5);
    int[] planted = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = planted[i];
      planted[i] = planted[j];
      planted[j] = swap;
    }
    double[] costs = new double[n * n];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = -0.5 * random.nextDouble();
    }
    for (int row = 0; row < n; row++) {
      costs[row * n + planted[row]] = -0.9;
    }
    assertArrayEquals(planted, Assignment.solve(n, costs));
  }

  @Test
  void solve_ofNothing_isNothing() {
    assertEquals(0, Assignment.solve(0, new double[0]).length);
  }

  @Test
  void solve_ofABadCost_namesItsPlace() {
    double[] costs = {0, 1, Double.NaN, 0};
    String message =
        assertThrows(IllegalArgumentException.class, () -> Assignment.solve(2, costs)).getMessage();
    assertTrue(message.contains("row 1 column 0"), message);
    assertThrows(IllegalArgumentException.class, () -> Assignment.solve(3, costs));
  }

  private static double[] random(int n, long seed, int bound) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] costs = new double[n * n];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = random.nextInt(bound) - bound / 2;
    }
    return costs;
  }

  private static double cost(int n, double[] costs) {
    int[] columns = Assignment.solve(n, costs);
    assertEquals(n, IntStream.of(columns).distinct().count());
    return IntStream.range(0, n).mapToDouble(row -> costs[row * n + columns[row]]).sum();
  }

  private static double bruteForce(int n, double[] costs, int[] taken, int row, double sum) {
    if (row == n) {
      return sum;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int column = 0; column < n; column++) {
      if (taken[column] == 0) {
        taken[column] = 1;
        best = Math.min(best, bruteForce(n, costs, taken, row + 1, sum + costs[row * n + column]));
        taken[column] = 0;
      }
    }
    return best;
  }
}
