// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/**
 * What a graph may take at most.
 *
 * @param openBytes see {@link GraphCost}
 * @param openWork see {@link GraphCost}
 * @param runBytes of a run of {@code rows}
 * @param work of a run of {@code rows}
 * @param operatorWork of one operator in a run of {@code rows}: nothing ends it
 * @param rows the rows of the largest run that goes without a look at whether it shall stop
 */
public record GraphLimits(
    long openBytes, long openWork, long runBytes, long work, long operatorWork, int rows) {

  void check(GraphCost cost) {
    check("bytes to open", cost.openBytes(), openBytes);
    check("operations to open", cost.openWork(), openWork);
    check("bytes a run of " + rows + " rows", cost.runBytes().at(rows), runBytes);
    check("operations a run of " + rows + " rows", cost.work().at(rows), work);
  }

  /** Checks one operator's operations by themselves. */
  void checkOperator(Linear operations) {
    check("operations at once in a run of " + rows + " rows", operations.at(rows), operatorWork);
  }

  private static void check(String what, long value, long most) {
    if (value > most) {
      throw GraphRefusal.because(
          "it takes " + value + " " + what + ", at most " + most + " are allowed");
    }
  }
}
