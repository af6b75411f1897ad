// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Optional;

/**
 * A tensor of a graph, as far as it is known before a run.
 *
 * @param constant whether it depends on no input: ONNX Runtime works it out at opening
 * @param known its values, where they are in the file
 */
record Value(ElementType type, Shape shape, boolean constant, Optional<Constant> known) {
  static Value of(Constant constant) {
    return new Value(constant.type(), constant.shape(), true, Optional.of(constant));
  }

  static Value input(Shape shape) {
    return new Value(ElementType.FLOAT, shape, false, Optional.empty());
  }

  /** Bytes of all elements. */
  Linear bytes() {
    return shape.elements().times(type.bytes());
  }
}
