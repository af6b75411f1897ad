// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.neuralrescore.trainer.factors.methods.FactorMethods;

/** Every name that factors can be asked for by, for tests of what all have to keep. */
public final class EveryMethod {
  /** Items of two sides. */
  public static final Set<String> TWO_SIDED =
      Set.of("neighbours", "distilled", "transitions", "session-softmax");

  private static final List<String> LABELS =
      List.of(
          "implicit-als",
          "ials++",
          "neighbours",
          "distilled",
          "transitions",
          "session-softmax",
          "kl-cd",
          "kl-mu",
          "a-hals",
          "e-a-hals",
          "hals",
          "anls",
          "mu");

  private EveryMethod() {}

  /** All of them. */
  public static Stream<String> labels() {
    return LABELS.stream();
  }

  /** Those whose rows are users, one side an item. */
  public static Stream<String> ofUsers() {
    return labels().filter(label -> !TWO_SIDED.contains(label));
  }

  /** Those whose objective falls with every sweep. */
  public static Stream<String> falling() {
    return labels().filter(label -> !of(label).onACourse());
  }

  /** The defaults of a name. */
  public static FactorOptions of(String label) {
    return FactorMethods.standard().named(label).orElseThrow();
  }
}
