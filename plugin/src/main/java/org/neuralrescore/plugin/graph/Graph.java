// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;
import java.util.Map;

/**
 * What an ONNX file says, as far as it is taken.
 *
 * @param opset the version of ONNX's own operators
 * @param nodes in the file's order, which must be one that can be run
 * @param constants by name, in the file's order
 * @param inputs in the file's order
 * @param outputs in the file's order
 */
record Graph(
    int opset,
    List<GraphNode> nodes,
    Map<String, Constant> constants,
    Map<String, Declared> inputs,
    Map<String, Declared> outputs) {

  /**
   * What a file says of an input or output.
   *
   * @param sizes {@link Shape#ROWS} where it has a name or nothing instead of a number
   */
  record Declared(ElementType type, List<Long> sizes) {
    Declared {
      sizes = List.copyOf(sizes);
    }
  }
}
