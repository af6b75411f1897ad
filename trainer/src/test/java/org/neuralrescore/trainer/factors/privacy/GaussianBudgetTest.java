// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GaussianBudgetTest {

  @Test
  void delta_ofOneMechanismOfNoiseOne_isThatOfTheClosedForm() {
    // Phi(-1/2) - e Phi(-3/2).
    assertEquals(
        0.30853753872598690 - Math.E * 0.06680720126885807,
        GaussianBudget.spentBy(1).delta(1),
        1e-12);
  }

  @Test
  void noise_forEpsilonOneAndDeltaOneInAHundredThousand_isThatOfTheAnalyticMechanism() {
    // The analytic Gaussian mechanism of Balle and Wang 2018, as their own code calibrates it.
    assertEquals(3.7306316, GaussianBudget.of(1, 1e-5).noiseMultiplier(), 1e-6);
  }

  @Test
  void budgets_addUp_asManySmallMechanismsAreOneLarge() {
    GaussianBudget one = GaussianBudget.spentBy(2);
    assertEquals(one.plus(one).plus(one).plus(one).rho(), GaussianBudget.spentBy(1).rho(), 1e-15);
    assertEquals(one.times(4).epsilon(1e-6), GaussianBudget.spentBy(1).epsilon(1e-6), 1e-12);
  }

  @Property(tries = 200)
  void epsilon_isWithinTheGeneralConversionFromRho_andKeepsItsDelta(
      @ForAll @IntRange(min = -400, max = 130) int rhoExponent,
      @ForAll @IntRange(min = -1200, max = -100) int deltaExponent) {
    double rho = Math.pow(10, rhoExponent / 100.0);
    double delta = Math.pow(10, deltaExponent / 100.0);
    GaussianBudget budget = new GaussianBudget(rho);
    double epsilon = budget.epsilon(delta);
    // Bun and Steinke 2016, proposition 1.3.
    assertTrue(epsilon <= rho + 2 * Math.sqrt(rho * Math.log(1 / delta)) + 1e-9);
    assertTrue(budget.delta(epsilon) <= delta * (1 + 1e-9));
    if (epsilon > 1e-6) {
      assertEquals(rho, GaussianBudget.of(epsilon, delta).rho(), 1e-4 * rho);
    }
  }

  @Test
  void promises_thatCannotBeMade_areRefused() {
    for (double[] promise : new double[][] {{0, 0.1}, {1, 0}, {1, 1}, {Double.NaN, 0.1}}) {
      assertThrows(IllegalArgumentException.class, () -> GaussianBudget.of(promise[0], promise[1]));
    }
  }
}
