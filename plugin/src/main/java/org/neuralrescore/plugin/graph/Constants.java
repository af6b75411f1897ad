// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Collection;

/** Makes a {@link Constant} of a {@code Constant} node. */
final class Constants {
  private Constants() {}

  static Constant of(GraphNode node) {
    Collection<Attribute> values = node.attributes().values();
    if (values.size() != 1 || !node.inputs().isEmpty()) {
      throw GraphRefusal.because("one value and no input are expected");
    }
    Attribute value = values.iterator().next();
    if (value instanceof Attribute.Tensor tensor) {
      return tensor.value();
    }
    if (value instanceof Attribute.Real real) {
      return Constant.ofFloats(Shape.of(), real.value());
    }
    if (value instanceof Attribute.Whole whole) {
      return Constant.ofWholeNumbers(Shape.of(), whole.value());
    }
    if (value instanceof Attribute.Reals reals) {
      float[] floats = new float[reals.values().remaining()];
      reals.values().duplicate().get(floats);
      return Constant.ofFloats(Shape.of(Elementwise.positive(floats.length)), floats);
    }
    if (value instanceof Attribute.Wholes wholes) {
      long[] numbers = wholes.numbers();
      return Constant.ofWholeNumbers(Shape.of(Elementwise.positive(numbers.length)), numbers);
    }
    throw GraphRefusal.because("a text is no value");
  }
}
