// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockPrincipalPivotingTest {

  private static double[] solve(LeastSquaresProblem problem, double[] start) {
    double[] out = new double[problem.rank()];
    assertTrue(
        new BlockPrincipalPivoting(problem.rank())
            .solve(problem.flat(), problem.b(), start, 0, out));
    return out;
  }

  @Property(tries = 300)
  void solve_onAnyPositiveDefiniteProblem_isTheBestOfAllActiveSets(
      @ForAll @IntRange(min = 1, max = 7) int rank, @ForAll long seed) {
    LeastSquaresProblem problem = LeastSquaresProblem.draw(rank, 0.05, seed);
    double[] expected = problem.bruteForce();
    assertArrayEquals(expected, solve(problem, new double[rank]), 1e-8);
    assertArrayEquals(expected, solve(problem, problem.b()), 1e-8);
  }

  @Property(tries = 60)
  void solve_atRankSixtyFour_satisfiesTheOptimalityConditions(@ForAll long seed) {
    int rank = 64;
    LeastSquaresProblem problem = LeastSquaresProblem.draw(rank, 1e-3, seed);
    double[] x = solve(problem, new double[rank]);
    for (int f = 0; f < rank; f++) {
      double dual = -problem.b()[f];
      for (int g = 0; g < rank; g++) {
        dual += problem.q()[f][g] * x[g];
      }
      assertTrue(x[f] >= 0, "x " + x[f]);
      assertTrue(dual >= -1e-7, "dual " + dual);
      assertEquals(0, x[f] * dual, 1e-7 * (1 + x[f]));
    }
  }

  @Test
  void solve_withNoPositiveRightHandSide_isZero() {
    LeastSquaresProblem problem = LeastSquaresProblem.draw(5, 0.1, 1);
    double[] out = {1, 1, 1, 1, 1};
    double[] b = {-1, -2, 0, -3, -1};
    assertTrue(
        new BlockPrincipalPivoting(5)
            .solve(problem.flat(), b, new double[] {1, 1, 1, 1, 1}, 0, out));
    assertArrayEquals(new double[5], out);
  }

  @Test
  void solve_onAMatrixThatIsNotPositiveDefinite_saysSo() {
    double[] q = {1, 2, 2, 1};
    double[] b = {1, 1};
    assertFalse(new BlockPrincipalPivoting(2).solve(q, b, new double[] {1, 1}, 0, new double[2]));
  }
}
