// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;

/**
 * What a rule finds out about a node.
 *
 * @param shapes of its outputs, in order
 * @param steps how often its work is done
 * @param scratch elements that it may need besides its outputs while it runs
 */
record Outcome(List<Shape> shapes, Linear steps, Linear scratch) {
  Outcome {
    shapes = List.copyOf(shapes);
  }

  /** One step an element of the output. */
  static Outcome of(Shape shape) {
    return new Outcome(List.of(shape), shape.elements(), Linear.ZERO);
  }

  /** One step an element that is read, and a copy of these, for an order that suits the loop. */
  static Outcome reading(Shape input, Shape output) {
    return new Outcome(List.of(output), input.elements(), input.elements());
  }
}
