package org.neuralrescore.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.model.FoldIn;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * The fold-in as a graph: inputs {@value #ITEMS} {@code [n, rank]} and {@value #WEIGHTS} {@code [n,
 * 1]}, output {@value #USER} {@code [1, rank]}. The steps of {@link FoldIn#encode} are unrolled, so
 * there is no Loop that could run for ever.
 */
public final class UserEncoderGraph {
  /** The input with one item of the history a row. */
  public static final String ITEMS = "items";

  /** The input with one positive weight a row. */
  public static final String WEIGHTS = "weights";

  /** The output. */
  public static final String USER = "user";

  private UserEncoderGraph() {}

  /**
   * Exports the encoder.
   *
   * @param version this software's version, for the model's provenance
   * @return a whole ONNX model, opset 13, IR 7
   */
  public static byte[] export(FoldIn foldIn, String version) {
    GraphProto.Builder graph = build(foldIn).toBuilder();
    graph.setInput(0, OnnxFormat.withRows(graph.getInput(0), "n"));
    graph.setInput(1, OnnxFormat.withRows(graph.getInput(1), "n"));
    graph.setOutput(0, OnnxFormat.withRows(graph.getOutput(0), "1"));
    return OnnxFormat.model(
        graph.build(),
        version,
        "Encodes a history as a non-negative user vector: "
            + foldIn.iterations()
            + " accelerated projected gradient steps on the weighted implicit loss.");
  }

  private static GraphProto build(FoldIn foldIn) {
    int rank = foldIn.rank();
    ONNXContext context = new ONNXContext();
    context.setName("user_encoder");
    ONNXPlaceholder items = context.floatInput(ITEMS, rank);
    ONNXPlaceholder weights = context.floatInput(WEIGHTS, 1);

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

    ONNXNode user = descend(foldIn, context, new Problem(normal, target, step));
    context.assignTo(user, context.floatOutput(USER, rank));
    return context.buildGraph();
  }

  /** {@code min x Q x / 2 - b x} over {@code x >= 0}, with a step length a factor. */
  private record Problem(ONNXNode normal, ONNXNode target, ONNXNode step) {}

  private static ONNXNode descend(FoldIn foldIn, ONNXContext context, Problem problem) {
    // Every node is named: Tribuo's own names are the inputs' joined, twice as long a step.
    // Step 0 starts from zero, where the gradient is -b, and has no momentum.
    ONNXNode x =
        problem.target().apply(ONNXOperators.DIV, problem.step(), "move").apply(Operator.RELU, "x");
    ONNXNode y = x;
    for (int t = 1; t < foldIn.iterations(); t++) {
      ONNXNode move =
          y.apply(Operator.MATMUL, problem.normal(), "product")
              .apply(ONNXOperators.SUB, problem.target(), "gradient")
              .apply(ONNXOperators.DIV, problem.step(), "move");
      ONNXNode next = y.apply(ONNXOperators.SUB, move, "moved").apply(Operator.RELU, "x");
      if (t < foldIn.iterations() - 1) {
        ONNXInitializer beta = context.constant("momentum", FoldIn.momentum(t));
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
