// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/** The kinds of inputs and outputs that the list of operators names. */
final class Types {
  private Types() {}

  static void require(String kind, int input, Value value) {
    boolean fits =
        switch (kind) {
          case "float" -> value.type() == ElementType.FLOAT;
          case "constant" -> value.type() == ElementType.FLOAT && value.constant();
          case "bool" -> value.type() == ElementType.BOOL;
          case "any" -> value.type() != ElementType.INT64;
          case "ints" -> value.type() == ElementType.INT64 && value.known().isPresent();
          default -> throw new AssertionError("operators.txt names the kind " + kind);
        };
    if (!fits) {
      throw GraphRefusal.because(
          "input "
              + input
              + " expects "
              + (kind.equals("ints") ? "int64 that is constant" : kind)
              + ", got "
              + value.type()
              + (value.constant() ? "" : " that depends on the inputs"));
    }
  }

  static ElementType output(OperatorTable.Row row, Operation operation) {
    return switch (row.output()) {
      case "float" -> ElementType.FLOAT;
      case "bool" -> ElementType.BOOL;
      case "same" -> operation.same(row);
      case "to" -> cast(ElementType.of(operation.whole("to", 0)));
      default -> throw new AssertionError("operators.txt names the output " + row.output());
    };
  }

  private static ElementType cast(ElementType to) {
    if (to == ElementType.INT64) {
      throw GraphRefusal.because("a cast to an integer: it could be an index or a divisor");
    }
    return to;
  }
}
