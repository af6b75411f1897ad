// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.ProjectedDescent;
import org.neuralrescore.trainer.model.SquaredFoldIn;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/** The steps of {@link ProjectedDescent}, unrolled. */
final class DescentSteps {
  private DescentSteps() {}

  /** {@code min x Q x / 2 - b x} over {@code x >= 0}, with a step length a factor. */
  private record Problem(ONNXRef<?> normal, ONNXNode target, ONNXRef<?> step) {}

  /** The weighted implicit loss: every history has a normal matrix of its own. */
  static ONNXNode implicit(
      ImplicitFoldIn foldIn, ONNXContext context, ONNXPlaceholder items, ONNXPlaceholder weights) {
    int rank = foldIn.rank();
    ONNXInitializer gram =
        context.floatTensor(
            "scaled_gram", List.of(rank, rank), buffer -> buffer.put(foldIn.scaledGram()));
    ONNXInitializer identity =
        context.floatTensor("identity", List.of(rank, rank), buffer -> buffer.put(identity(rank)));
    ONNXInitializer rows = context.array("axis_rows", new long[] {0});
    ONNXInitializer columns = context.array("axis_columns", new long[] {1});

    ONNXNode weighted = items.apply(ONNXOperators.MUL, weights, "weighted");
    ONNXNode target = weighted.apply(ONNXOperators.REDUCE_SUM, rows, "target");
    ONNXNode ridge =
        weights
            .apply(ONNXOperators.REDUCE_SUM, rows, "total")
            .apply(ONNXOperators.ADD, context.constant("unobserved", foldIn.unobserved()), "mass")
            .apply(ONNXOperators.MUL, context.constant("lambda", foldIn.lambda()), "ridge");
    ONNXNode normal =
        context
            .operation(
                ONNXOperators.GEMM,
                List.<ONNXRef<?>>of(weighted, items, gram),
                "gram",
                Map.of("transA", 1))
            .apply(
                ONNXOperators.ADD, identity.apply(ONNXOperators.MUL, ridge, "diagonal"), "normal");
    // [rank] and not [rank, 1]: it divides rows of shape [1, rank].
    ONNXNode step =
        context.operation(
            ONNXOperators.REDUCE_SUM,
            List.<ONNXRef<?>>of(normal, columns),
            "step",
            Map.of("keepdims", 0));
    return descend(foldIn.iterations(), context, new Problem(normal, target, step));
  }

  /** The squared error over all cells: one normal matrix for all. */
  static ONNXNode squared(
      SquaredFoldIn foldIn, ONNXContext context, ONNXPlaceholder items, ONNXPlaceholder weights) {
    int rank = foldIn.rank();
    ONNXInitializer normal =
        context.floatTensor("normal", List.of(rank, rank), buffer -> buffer.put(foldIn.normal()));
    ONNXInitializer step =
        context.floatTensor("step", List.of(rank), buffer -> buffer.put(foldIn.step()));
    ONNXNode target =
        items
            .apply(ONNXOperators.MUL, weights, "weighted")
            .apply(ONNXOperators.REDUCE_SUM, context.array("axis_rows", new long[] {0}), "pull")
            .apply(ONNXOperators.SUB, context.constant("l1", foldIn.l1()), "target");
    return descend(foldIn.iterations(), context, new Problem(normal, target, step));
  }

  private static ONNXNode descend(int iterations, ONNXContext context, Problem problem) {
    // Every node is named: Tribuo's own names are the inputs' joined, twice as long a step.
    // Step 0 starts from zero, where the gradient is -b, and has no momentum.
    ONNXNode x =
        problem.target().apply(ONNXOperators.DIV, problem.step(), "move").apply(Operator.RELU, "x");
    ONNXNode y = x;
    for (int t = 1; t < iterations; t++) {
      ONNXNode move =
          y.apply(Operator.MATMUL, problem.normal(), "product")
              .apply(ONNXOperators.SUB, problem.target(), "gradient")
              .apply(ONNXOperators.DIV, problem.step(), "move");
      ONNXNode next = y.apply(ONNXOperators.SUB, move, "moved").apply(Operator.RELU, "x");
      if (t < iterations - 1) {
        ONNXInitializer beta = context.constant("momentum", ProjectedDescent.momentum(t));
        y =
            next.apply(ONNXOperators.SUB, x, "change")
                .apply(ONNXOperators.MUL, beta, "drift")
                .apply(ONNXOperators.ADD, next, "y");
      }
      x = next;
    }
    return x;
  }

  private static float[] identity(int rank) {
    float[] values = new float[rank * rank];
    for (int f = 0; f < rank; f++) {
      values[f * rank + f] = 1f;
    }
    return values;
  }
}
