// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Map;
import java.util.function.Function;

/** The rules by which the list of operators says what comes out, by name. */
final class ShapeRules {
  private static final Map<String, Function<Operation, Outcome>> RULES =
      Map.ofEntries(
          Map.entry("same", Elementwise::same),
          Map.entry("broadcast", Elementwise::broadcast),
          Map.entry("onto_first", Elementwise::ontoFirst),
          Map.entry("expand", Elementwise::expand),
          Map.entry("batch_norm", Reductions::batchNorm),
          Map.entry("layer_norm", Reductions::layerNorm),
          Map.entry("along_axis", Reductions::alongAxis),
          Map.entry("reduce", Reductions::reduce),
          Map.entry("gemm", Products::gemm),
          Map.entry("matmul", Products::matMul),
          Map.entry("concat", Parts::concat),
          Map.entry("split", Parts::split),
          Map.entry("slice", Parts::slice),
          Map.entry("gather", Parts::gather),
          Map.entry("reshape", Axes::reshape),
          Map.entry("flatten", Axes::flatten),
          Map.entry("squeeze", Axes::squeeze),
          Map.entry("unsqueeze", Axes::unsqueeze),
          Map.entry("transpose", Axes::transpose));

  private ShapeRules() {}

  static Outcome apply(String rule, Operation operation) {
    return RULES.get(rule).apply(operation);
  }
}
