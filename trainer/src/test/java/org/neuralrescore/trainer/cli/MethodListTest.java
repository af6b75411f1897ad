package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.combine.variant.Method;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.solver.Initialisation;
import org.neuralrescore.trainer.factors.solver.NmfLoss;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import org.neuralrescore.trainer.scorer.network.NetworkKind;

class MethodListTest {
  /** The help of train, its line breaks taken out. */
  private static String help() {
    CommandRun run = CommandRun.of("train", "--help");
    assertEquals(0, run.exitCode());
    return run.out().replaceAll("\\s+", " ");
  }

  private static void assertNamed(String help, String label, String what, String paper) {
    String line = label + " " + what + (paper.isEmpty() ? "" : " (" + paper + ")");
    assertTrue(help.contains(line.replaceAll("\\s+", " ")), "no [" + line + "] in " + help);
  }

  @Test
  void trainHelp_namesEveryMethodWithItsPaper() {
    String help = help();
    for (FactorMethod method : FactorMethod.values()) {
      assertNamed(help, method.label(), method.summary(), method.paper());
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
      assertNamed(help, method.label(), method.description(), method.paper());
    }
    for (Baseline baseline : Baseline.values()) {
      assertNamed(help, baseline.label(), baseline.description(), baseline.paper());
    }
  }

  @Test
  void everySolver_canBeAskedFor() {
    for (NmfSolver solver : NmfSolver.values()) {
      assertTrue(
          Arrays.stream(FactorMethod.values())
              .anyMatch(method -> method.classical().filter(solver::equals).isPresent()),
          solver + " has no name on the command line");
    }
    for (FactorMethod method : FactorMethod.values()) {
      assertEquals(method, FactorMethod.named(method.label()).orElseThrow());
    }
  }
}
