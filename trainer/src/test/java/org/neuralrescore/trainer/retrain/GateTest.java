// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.eval.Verdict.Standing;
import org.neuralrescore.trainer.release.VerdictFile;
import org.neuralrescore.trainer.retrain.GateOptions.Rule;

class GateTest {
  private static GateOptions gate(Rule rule, double tolerance, boolean force) {
    return new GateOptions(10, rule, tolerance, 0.9, 5000, force, 1);
  }

  private static Verdict verdict(double[] deployed, double[] fresh, GateOptions options) {
    return Verdict.of(Comparison.of(deployed, fresh, options.confidence(), 1), options);
  }

  /** Cases whose difficulty varies much more than the two models differ. */
  private static double[] cases(int n, double gain, double noise, long seed) {
    SplittableRandom difficulty = new SplittableRandom(99);
    SplittableRandom random = new SplittableRandom(seed);
    double[] cases = new double[n];
    for (int c = 0; c < n; c++) {
      cases[c] = difficulty.nextDouble() + gain + noise * (random.nextDouble() - 0.5);
    }
    return cases;
  }

  @Test
  void of_aBetterModel_passesUnderBothRules() {
    double[] deployed = cases(400, 0, 0.01, 1);
    double[] fresh = cases(400, 0.01, 0.01, 2);
    for (Rule rule : Rule.values()) {
      Verdict verdict = verdict(deployed, fresh, gate(rule, 0, false));
      assertTrue(verdict.passes(), verdict.reason());
      assertTrue(verdict.comparison().orElseThrow().low() > 0);
    }
  }

  @Test
  void of_aWorseModel_isRefusedUnderBothRules_withFiguresInTheReason() {
    double[] deployed = cases(400, 0, 0.01, 1);
    double[] fresh = cases(400, -0.01, 0.01, 2);
    for (Rule rule : Rule.values()) {
      Verdict verdict = verdict(deployed, fresh, gate(rule, 0, false));
      assertFalse(verdict.passes(), verdict.reason());
      assertTrue(verdict.reason().contains("-0.01"), verdict.reason());
      assertTrue(verdict.reason().contains("400 cases"), verdict.reason());
    }
  }

  @Test
  void of_aLossWithinTheTolerance_passes_andBeyondItDoesNot() {
    double[] deployed = cases(400, 0, 0.01, 1);
    double[] fresh = cases(400, -0.01, 0.01, 2);
    assertTrue(verdict(deployed, fresh, gate(Rule.NOT_WORSE, 0.012, false)).passes());
    assertFalse(verdict(deployed, fresh, gate(Rule.NOT_WORSE, 0.008, false)).passes());
    assertTrue(verdict(deployed, fresh, gate(Rule.UNLESS_WORSE, 0.012, false)).passes());
    assertFalse(verdict(deployed, fresh, gate(Rule.UNLESS_WORSE, 0.008, false)).passes());
  }

  @Test
  void of_modelsThatCannotBeToldApart_isWhereTheRulesDiffer() {
    double[] deployed = cases(60, 0, 0.5, 1);
    double[] fresh = cases(60, 0, 0.5, 2);
    assertFalse(verdict(deployed, fresh, gate(Rule.NOT_WORSE, 0, false)).passes());
    assertTrue(verdict(deployed, fresh, gate(Rule.UNLESS_WORSE, 0, false)).passes());
  }

  @Test
  void of_equalFiguresCaseByCase_passes() {
    double[] same = cases(50, 0, 0.5, 1);
    Verdict verdict = verdict(same, same.clone(), gate(Rule.NOT_WORSE, 0, false));
    assertTrue(verdict.passes());
    assertEquals(0, verdict.comparison().orElseThrow().low());
    assertEquals(0, verdict.comparison().orElseThrow().high());
  }

  @Test
  void of_aWorseModelByForce_passesAndSaysSo() {
    Verdict verdict =
        verdict(cases(400, 0, 0.01, 1), cases(400, -0.1, 0.01, 2), gate(Rule.NOT_WORSE, 0, true));
    assertTrue(verdict.passes());
    assertTrue(verdict.reason().endsWith("but forced"), verdict.reason());
  }

  /** One case redrawn is that case: a bootstrap alone would be sure of it. */
  @Test
  void of_aFewCases_showsNothing() {
    for (int cases : new int[] {1, 4}) {
      double[] ties = new double[cases];
      Verdict verdict = verdict(ties, ties, gate(Rule.NOT_WORSE, 0.0025, false));
      assertFalse(verdict.passes(), verdict.reason());
      assertTrue(verdict.reason().endsWith("so few cases can show nothing"), verdict.reason());
      double[] worse = new double[cases];
      Arrays.fill(worse, 0.5);
      assertTrue(verdict(worse, ties, gate(Rule.UNLESS_WORSE, 0.0025, false)).passes());
    }
    double[] ties = new double[5];
    assertTrue(verdict(ties, ties, gate(Rule.NOT_WORSE, 0.0025, false)).passes());
  }

  @Test
  void of_pairs_isNarrowerThanTheSpreadOfCases() {
    // Cases spread over a whole unit; paired differences by a hundredth.
    Comparison comparison =
        Comparison.of(cases(400, 0, 0.01, 1), cases(400, 0.002, 0.01, 2), 0.9, 1);
    assertTrue(comparison.high() - comparison.low() < 0.002);
    assertTrue(comparison.low() < comparison.difference());
    assertTrue(comparison.difference() < comparison.high());
  }

  @Test
  void of_normalDifferences_coversAsOftenAsItSays() {
    int covered = 0;
    for (int trial = 0; trial < 200; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      double[] fresh = new double[80];
      for (int c = 0; c < fresh.length; c++) {
        fresh[c] = 0.3 + random.nextGaussian();
      }
      Comparison comparison = Comparison.of(new double[80], fresh, 0.9, trial);
      covered += comparison.low() <= 0.3 && 0.3 <= comparison.high() ? 1 : 0;
    }
    // 180 expected with a standard error of 4.2.
    assertTrue(covered >= 166 && covered <= 193, "covered " + covered);
  }

  @Test
  void of_theSameSeed_isTheSameInterval() {
    double[] deployed = cases(100, 0, 0.1, 1);
    double[] fresh = cases(100, 0.01, 0.1, 2);
    assertEquals(Comparison.of(deployed, fresh, 0.9, 5), Comparison.of(deployed, fresh, 0.9, 5));
  }

  @Test
  void of_figuresOnOtherCases_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Comparison.of(new double[2], new double[3], 0.9, 1));
    assertThrows(
        IllegalArgumentException.class, () -> Comparison.of(new double[0], new double[0], 0.9, 1));
  }

  @Test
  void options_refuseWhatMeansNothing() {
    double[] bad = {-0.1, Double.NaN, 2};
    Arrays.stream(bad)
        .forEach(
            tolerance ->
                assertThrows(
                    IllegalArgumentException.class, () -> gate(Rule.NOT_WORSE, tolerance, false)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GateOptions(10, Rule.NOT_WORSE, 0, 0.3, 10, false, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GateOptions(10, Rule.NOT_WORSE, 0, 0.9, 0, false, 1));
  }

  @Test
  void alone_ofAModelThatIsWorseThanItsBaselines_isRefused_unlessForced() {
    Optional<VerdictFile.Said> worse =
        Optional.of(new VerdictFile.Said(Standing.WORSE, "worse than popularity: 0.1 against 0.2"));
    Verdict refused = Verdict.alone("nothing was deployed before", worse, false);
    assertFalse(refused.passes());
    assertEquals(
        "nothing was deployed before, and it is worse than popularity: 0.1 against 0.2",
        refused.reason());
    Verdict forced = Verdict.alone("nothing was deployed before", worse, true);
    assertTrue(forced.passes());
    assertTrue(forced.reason().endsWith(", but forced"), forced.reason());
    for (Optional<VerdictFile.Said> said :
        List.of(
            Optional.<VerdictFile.Said>empty(),
            Optional.of(new VerdictFile.Said(Standing.LEVEL, "level with ease")))) {
      Verdict passed = Verdict.alone("nothing was deployed before", said, false);
      assertTrue(passed.passes());
      assertEquals("nothing was deployed before", passed.reason());
    }
  }
}
