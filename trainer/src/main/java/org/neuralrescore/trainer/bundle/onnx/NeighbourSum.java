// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import java.util.List;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/** The one step of {@link NeighbourFoldIn}: the weighted sum of one side, moved to the other. */
final class NeighbourSum {
  private NeighbourSum() {}

  static ONNXNode of(
      NeighbourFoldIn foldIn, ONNXContext context, ONNXPlaceholder items, ONNXPlaceholder weights) {
    int rank = foldIn.rank();
    ONNXInitializer move =
        context.floatTensor("move", List.of(rank, rank), buffer -> buffer.put(move(foldIn)));
    return items
        .apply(ONNXOperators.MUL, weights, "weighted")
        .apply(ONNXOperators.REDUCE_SUM, context.array("axis_rows", new long[] {0}), "sum")
        .apply(Operator.MATMUL, move, "user_row");
  }

  /** Row k + f has a one in column f. */
  private static float[] move(NeighbourFoldIn foldIn) {
    int rank = foldIn.rank();
    float[] values = new float[rank * rank];
    for (int f = 0; f < foldIn.factors(); f++) {
      values[(foldIn.factors() + f) * rank + f] = 1f;
    }
    return values;
  }
}
