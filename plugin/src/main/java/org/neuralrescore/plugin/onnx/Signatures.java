// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.bundle.EncoderSpec;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.Shape;
import org.neuralrescore.plugin.graph.Signature;

/** What the manifest says that the two graphs are fed and give. */
public final class Signatures {
  private static final Shape FLAT = Shape.of(Shape.ROWS);

  private Signatures() {}

  /** A scorer: hits are rows and none sees another. */
  public static Signature of(ScorerSpec spec) {
    Map<String, Shape> inputs = new LinkedHashMap<>();
    for (InputSource input : spec.inputs()) {
      long rows = input.isOncePerSearch() ? 1 : Shape.ROWS;
      inputs.put(input.name(), Shape.of(rows, input.width()));
    }
    return new Signature(inputs, spec.output(), List.of(Shape.of(Shape.ROWS, 1), FLAT), true);
  }

  /** A user encoder: the rows are one history. */
  public static Signature of(EncoderSpec spec, int rank) {
    Map<String, Shape> inputs = new LinkedHashMap<>();
    inputs.put(spec.items(), Shape.of(Shape.ROWS, rank));
    inputs.put(spec.weights(), Shape.of(Shape.ROWS, 1));
    return new Signature(inputs, spec.output(), List.of(Shape.of(1, rank)), false);
  }

  /** Whether the scorer's output is {@code [rows]} and not {@code [rows, 1]}. */
  static boolean isFlat(CheckedGraph graph) {
    return graph.output().equals(FLAT);
  }
}
