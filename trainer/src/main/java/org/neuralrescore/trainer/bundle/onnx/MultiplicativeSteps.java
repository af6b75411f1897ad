// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/** The steps of {@link KullbackLeiblerFoldIn}, unrolled. */
final class MultiplicativeSteps {
  private MultiplicativeSteps() {}

  static ONNXNode of(
      KullbackLeiblerFoldIn foldIn,
      ONNXContext context,
      ONNXPlaceholder items,
      ONNXPlaceholder weights) {
    int rank = foldIn.rank();
    float[] starts = new float[rank];
    Arrays.fill(starts, foldIn.start());
    ONNXInitializer start =
        context.floatTensor("start", List.of(1, rank), buffer -> buffer.put(starts));
    ONNXInitializer cost =
        context.floatTensor("cost", List.of(1, rank), buffer -> buffer.put(foldIn.cost()));
    ONNXInitializer tiny = context.constant("tiny", KullbackLeiblerFoldIn.TINY);
    ONNXNode x =
        weights
            .apply(ONNXOperators.REDUCE_SUM, context.array("axis_rows", new long[] {0}), "total")
            .apply(ONNXOperators.MUL, start, "x");
    for (int t = 0; t < foldIn.iterations(); t++) {
      ONNXNode prediction =
          context
              .operation(
                  ONNXOperators.GEMM, List.<ONNXRef<?>>of(items, x), "product", Map.of("transB", 1))
              .apply(ONNXOperators.ADD, tiny, "prediction");
      ONNXNode ratio = weights.apply(ONNXOperators.DIV, prediction, "ratio");
      ONNXNode pull =
          context.operation(
              ONNXOperators.GEMM, List.<ONNXRef<?>>of(ratio, items), "pull", Map.of("transA", 1));
      ONNXRef<?> price = cost;
      if (foldIn.l2() > 0) {
        price =
            x.apply(ONNXOperators.MUL, context.constant("l2", foldIn.l2()), "squares")
                .apply(ONNXOperators.ADD, cost, "price");
      }
      x = x.apply(ONNXOperators.MUL, pull.apply(ONNXOperators.DIV, price, "growth"), "x");
    }
    return x;
  }
}
