// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.methods;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.classical.ClassicalOptions;
import org.neuralrescore.trainer.factors.distilled.DistilledOptions;
import org.neuralrescore.trainer.factors.distilled.WeightFactorOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.session.SessionOptions;
import org.neuralrescore.trainer.factors.solver.NmfSolver;

/**
 * The methods there are: a line each.
 *
 * @param all in the order of help
 */
public record FactorMethods(List<FactorMethod> all) {
  private static final FactorMethods STANDARD =
      new FactorMethods(
          List.of(
              ImplicitAlsOptions.METHOD,
              DistilledOptions.DISTILLED,
              DistilledOptions.TRANSITIONS,
              ClassicalOptions.METHOD,
              SessionOptions.METHOD,
              WeightFactorOptions.METHOD));

  public FactorMethods {
    all = List.copyOf(all);
  }

  /** Those of this software. */
  public static FactorMethods standard() {
    return STANDARD;
  }

  /** These and one more. */
  public FactorMethods and(FactorMethod method) {
    return new FactorMethods(Stream.concat(all.stream(), Stream.of(method)).toList());
  }

  /** The defaults of a method, by its name or, where a solver has one, by that of a solver. */
  public Optional<FactorOptions> named(String label) {
    return all.stream()
        .filter(method -> method.label().equals(label))
        .map(FactorMethod::defaults)
        .findFirst()
        .or(() -> solver(label));
  }

  private static Optional<FactorOptions> solver(String label) {
    if (label.equals("ials++")) {
      return Optional.of(ImplicitAlsOptions.defaults().withBlock(ImplicitAlsOptions.BLOCK));
    }
    return Stream.of(NmfSolver.values())
        .filter(solver -> solver.label().equals(label))
        .<FactorOptions>map(ClassicalOptions::of)
        .findFirst();
  }
}
