// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.factors.EveryMethod;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.classical.ClassicalOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import org.neuralrescore.trainer.factors.solver.Initialisation;
import org.neuralrescore.trainer.factors.solver.NmfLoss;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import org.neuralrescore.trainer.scorer.network.NetworkKind;

class MethodListTest {
  private static final Set<String> EXPERIMENTAL = Set.of("joint", "multitask", "transfer");

  /** What {@code methods} tells, its line breaks taken out. */
  private static String help() {
    CommandRun run = CommandRun.of("methods");
    assertEquals(0, run.exitCode());
    return run.out().replaceAll("\\s+", " ");
  }

  private static void assertNamed(String help, String label, String what, String paper) {
    String line = label + " " + what + (paper.isEmpty() ? "" : " (" + paper + ")");
    assertTrue(help.contains(line.replaceAll("\\s+", " ")), "no [" + line + "] in " + help);
  }

  @Test
  void methods_ofAName_tellsOfThatAlone() {
    CommandRun run = CommandRun.of("methods", "implicit-als");
    assertEquals(0, run.exitCode());
    assertNamed(
        run.out().replaceAll("\\s+", " "),
        "implicit-als",
        ImplicitAlsOptions.METHOD.summary(),
        ImplicitAlsOptions.METHOD.paper());
    assertTrue(run.out().contains("alpha0="), run.out());
    assertFalse(run.out().contains("distilled"), run.out());
    assertFalse(run.out().contains("Other flags"), run.out());

    CommandRun wrong = CommandRun.of("methods", "als");
    assertEquals(2, wrong.exitCode());
    assertEquals(
        "neural-rescore: methods tells of implicit-als, distilled, transitions, nmf,"
            + " session-softmax, got als; without a name of all, and of losses, solvers and"
            + " networks, too",
        wrong.err().strip());
  }

  @Test
  void methods_namesEveryMethodWithItsPaper() {
    String help = help();
    for (FactorMethod method : FactorMethods.standard().all()) {
      if (method.standing() == FactorMethod.Standing.OFFERED) {
        assertNamed(help, method.label(), method.summary(), method.paper());
      } else if (method.standing() == FactorMethod.Standing.EXPERIMENTAL) {
        assertNamed(help, method.label(), "experimental: " + method.summary(), method.paper());
      } else {
        assertFalse(help.contains(method.summary()), method.label());
      }
    }
    for (NmfSolver solver : NmfSolver.values()) {
      assertNamed(help, solver.label(), solver.summary(), solver.paper());
    }
    for (NmfLoss loss : NmfLoss.values()) {
      assertTrue(help.contains(loss.summary().replaceAll("\\s+", " ")), loss.summary());
    }
    for (Initialisation start : Initialisation.values()) {
      assertNamed(help, start.name().toLowerCase(Locale.ROOT), start.summary(), start.paper());
    }
    for (NetworkKind network : NetworkKind.values()) {
      assertNamed(help, network.label(), network.description(), network.paper());
    }
    for (Method method : Method.values()) {
      String word = EXPERIMENTAL.contains(method.label()) ? "experimental: " : "";
      assertNamed(help, method.label(), word + method.description(), method.paper());
    }
    for (Baseline baseline : Baseline.values()) {
      assertNamed(help, baseline.label(), baseline.description(), baseline.paper());
    }
  }

  @Test
  void everySolver_canBeAskedFor() {
    for (NmfSolver solver : NmfSolver.values()) {
      FactorOptions options =
          ClassicalOptions.METHOD.set(ClassicalOptions.defaults(), "solver", solver.label());
      assertEquals(ClassicalOptions.of(solver), options);
    }
    for (FactorMethod method : FactorMethods.standard().all()) {
      assertEquals(method, FactorMethods.standard().named(method.label()).orElseThrow().method());
    }
  }

  @Test
  void namesOfBefore_areStillAccepted() {
    assertEquals(13, EveryMethod.labels().map(EveryMethod::of).distinct().count());
  }
}
