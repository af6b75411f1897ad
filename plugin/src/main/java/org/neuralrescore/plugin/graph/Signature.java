// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a graph is fed and must give, all float32.
 *
 * @param inputs shape by name, every one that there is
 * @param output the one output's name
 * @param outputShapes the shapes that it may have
 * @param rowsApart whether a row of the output may depend on no other row: so it is where rows are
 *     hits, and not where they are a history
 */
public record Signature(
    Map<String, Shape> inputs, String output, List<Shape> outputShapes, boolean rowsApart) {
  public Signature {
    inputs = Map.copyOf(new LinkedHashMap<>(inputs));
    outputShapes = List.copyOf(outputShapes);
  }
}
