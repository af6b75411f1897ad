// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operator of a graph.
 *
 * @param inputs tensors by name; an empty name leaves an optional input out
 * @param outputs at least one
 */
record GraphNode(
    String operator, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {
  GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    // Not Map.copyOf: its look-ups are slow for names that share a hash, and the file gives them.
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
