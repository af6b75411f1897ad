// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.graph.BilinearOutput;
import org.neuralrescore.plugin.lucene.DotForm;

/**
 * Finds out whether a scorer is no more than {@code dotScale * <user, item> + bias + the scaled sum
 * of its other inputs}, as most are that are shipped: by what the graph says, not by what it gives
 * at some points. {@link DotCheck} then compares the two all the same.
 */
final class DotFit {
  private final ScorerSpec spec;
  private final List<InputSource> inputs;
  private final int item;
  private final double[] dots;
  private final double[][] scales;
  private double bias;
  private boolean fits = true;

  private DotFit(ScorerSpec spec, int item) {
    this.spec = spec;
    this.inputs = spec.rowInputs();
    this.item = item;
    this.dots = new double[spec.user().width()];
    this.scales = new double[inputs.size()][];
    for (int input = 0; input < scales.length; input++) {
      scales[input] = new double[inputs.get(input).width()];
    }
  }

  /** The form of a graph's sum; empty where it is none. */
  static Optional<DotForm> of(ScorerSpec spec, BilinearOutput output) {
    OptionalInt item = onlyVector(spec);
    if (item.isEmpty() || !spec.requestInputs().isEmpty()) {
      return Optional.empty();
    }
    DotFit fit = new DotFit(spec, item.getAsInt());
    output.terms().forEach(fit::add);
    return fit.form();
  }

  /** The one item vector, as wide as the user. */
  private static OptionalInt onlyVector(ScorerSpec spec) {
    OptionalInt found = OptionalInt.empty();
    for (int i = 0; i < spec.rowInputs().size(); i++) {
      if (spec.rowInputs().get(i) instanceof InputSource.ItemVector vector) {
        if (found.isPresent() || vector.width() != spec.user().width()) {
          return OptionalInt.empty();
        }
        found = OptionalInt.of(i);
      }
    }
    return found;
  }

  private void add(BilinearOutput.Term term) {
    if (term.row().isEmpty()) {
      fits &= term.once().isEmpty();
      bias = term.factor();
      return;
    }
    BilinearOutput.Column row = term.row().get();
    int input = position(row.input());
    if (term.once().isPresent()) {
      BilinearOutput.Column user = term.once().get();
      fits &=
          user.input().equals(spec.user().name()) && input == item && user.index() == row.index();
      dots[user.index()] = term.factor();
    } else {
      fits &= input != item;
      scales[input][row.index()] = term.factor();
    }
  }

  private int position(String name) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the graph reads [" + name + "], the manifest has it not");
  }

  /** One number scales the whole dot product, or there is no form. */
  private Optional<DotForm> form() {
    for (double dot : dots) {
      fits &= dot == dots[0];
    }
    float dotScale = (float) dots[0];
    return fits && Float.isFinite(dotScale)
        ? Optional.of(new DotForm(dotScale, bias, item, scales))
        : Optional.empty();
  }
}
