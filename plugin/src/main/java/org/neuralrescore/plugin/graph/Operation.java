// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;
import java.util.Optional;

/** A node with what is known of its inputs: what a shape rule works on. */
final class Operation {
  private final GraphNode node;
  private final List<Optional<Value>> inputs;
  private final boolean rowsApart;

  /**
   * An operation whose inputs and attributes are those that the list allows.
   *
   * @param rowsApart whether rows must not see each other
   */
  Operation(GraphNode node, List<Optional<Value>> inputs, boolean rowsApart) {
    this.node = node;
    this.inputs = List.copyOf(inputs);
    this.rowsApart = rowsApart;
  }

  /** Whether no input of the graph has a part in it. */
  boolean isConstant() {
    return inputs.stream().flatMap(Optional::stream).allMatch(Value::constant);
  }

  /** The one element type of the inputs that may be of any. */
  ElementType same(OperatorTable.Row row) {
    ElementType type = inputs.get(0).orElseThrow().type();
    for (int i = 1; i < inputs.size(); i++) {
      if (inputs.get(i).isPresent()
          && row.kind(i).equals("any")
          && inputs.get(i).orElseThrow().type() != type) {
        throw GraphRefusal.because("inputs of different types");
      }
    }
    return type;
  }

  int inputs() {
    return inputs.size();
  }

  int outputs() {
    return node.outputs().size();
  }

  /** The shape of an input that the list requires. */
  Shape shape(int input) {
    return inputs.get(input).orElseThrow().shape();
  }

  /** The shapes of all inputs that are given. */
  List<Shape> shapes() {
    return inputs.stream().flatMap(Optional::stream).map(Value::shape).toList();
  }

  Optional<Value> input(int input) {
    return input < inputs.size() ? inputs.get(input) : Optional.empty();
  }

  /** The values of an input of constant whole numbers, where it is given; a list of them. */
  Optional<long[]> numbers(int input) {
    return input(input)
        .map(
            value -> {
              if (value.shape().rank() != 1) {
                throw GraphRefusal.because(
                    "input " + input + " expects a list, got one of shape " + value.shape());
              }
              return value.known().orElseThrow().wholeNumbers();
            });
  }

  long whole(String attribute, long otherwise) {
    return node.attributes().get(attribute) instanceof Attribute.Whole whole
        ? whole.value()
        : otherwise;
  }

  double real(String attribute, double otherwise) {
    return node.attributes().get(attribute) instanceof Attribute.Real real
        ? real.value()
        : otherwise;
  }

  Optional<long[]> wholes(String attribute) {
    return node.attributes().get(attribute) instanceof Attribute.Wholes wholes
        ? Optional.of(wholes.numbers())
        : Optional.empty();
  }

  /** A flag: 0 or 1. */
  boolean flag(String attribute, boolean otherwise) {
    long value = whole(attribute, otherwise ? 1 : 0);
    if (value != 0 && value != 1) {
      throw GraphRefusal.because("attribute [" + attribute + "] expects 0 or 1, got " + value);
    }
    return value == 1;
  }

  /** An axis of so many, counted from the end where it is negative. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw GraphRefusal.because("axis " + axis + " of " + rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Says that the operation reads several rows for one value: for a history only. */
  void acrossRows() {
    if (rowsApart) {
      throw GraphRefusal.because(
          "its rows see each other: a hit's score must not depend on the hits beside it");
    }
  }
}
