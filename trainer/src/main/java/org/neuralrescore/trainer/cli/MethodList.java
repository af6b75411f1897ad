// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.neuralrescore.trainer.combine.Method;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import org.neuralrescore.trainer.factors.solver.Initialisation;
import org.neuralrescore.trainer.factors.solver.NmfLoss;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import org.neuralrescore.trainer.scorer.network.NetworkKind;

/**
 * Every method with one line and its paper, for {@code methods}. The lines are the enums' own, so
 * that what can be asked for and what the help says cannot part.
 */
final class MethodList {
  private static final String EXPERIMENTAL = "experimental: ";

  private MethodList() {}

  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Methods of factorisation, A ~ X Y (--factors):");
    methods(lines, FactorMethod.Standing.OFFERED);
    methods(lines, FactorMethod.Standing.EXPERIMENTAL);
    lines.add("");
    lines.add("Losses of nmf (--loss):");
    for (NmfLoss loss : NmfLoss.values()) {
      add(lines, name(loss.name()), loss.summary(), "");
    }
    lines.add("");
    lines.add("Solvers of nmf (--solver):");
    for (NmfSolver solver : NmfSolver.values()) {
      add(lines, solver.label(), solver.summary(), solver.paper());
    }
    lines.add("");
    lines.add("Starts of nmf (--start):");
    for (Initialisation start : Initialisation.values()) {
      add(lines, name(start.name()), start.summary(), start.paper());
    }
    lines.add("");
    lines.add("Networks:");
    for (NetworkKind network : NetworkKind.values()) {
      add(lines, network.label(), network.description(), network.paper());
    }
    lines.add("");
    lines.add("Ways of bringing both together (--method):");
    for (Method method : Method.values()) {
      String word = method.experimental() ? EXPERIMENTAL : "";
      add(lines, method.label(), word + method.description(), method.paper());
    }
    lines.add("");
    lines.add("Baselines:");
    for (Baseline baseline : Baseline.values()) {
      add(lines, baseline.label(), baseline.description(), baseline.paper());
    }
    lines.add("");
    return lines;
  }

  private static void methods(List<String> lines, FactorMethod.Standing standing) {
    for (FactorMethod method : FactorMethods.standard().all()) {
      if (method.standing() == standing) {
        lines.add(line(method));
      }
    }
  }

  /** One method as the list has it. */
  static String line(FactorMethod method) {
    String word = method.standing() == FactorMethod.Standing.EXPERIMENTAL ? EXPERIMENTAL : "";
    return line(method.label(), word + method.summary(), method.paper());
  }

  private static void add(List<String> lines, String name, String what, String paper) {
    lines.add(line(name, what, paper));
  }

  // A percent sign would be a format to picocli.
  private static String line(String name, String what, String paper) {
    return String.format(
        Locale.ROOT, "  %-16s  %s%s", name, what, paper.isEmpty() ? "" : " (" + paper + ")");
  }

  private static String name(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
