// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.KullbackLeiblerFoldIn;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.neuralrescore.trainer.model.SquaredFoldIn;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXPlaceholder;

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
        "Encodes a history as a "
            + (foldIn instanceof NeighbourFoldIn ? "" : "non-negative ")
            + "user vector: "
            + steps(foldIn)
            + ".");
  }

  private static String steps(FoldIn foldIn) {
    if (foldIn instanceof NeighbourFoldIn) {
      return "the weighted sum of what each item says";
    }
    String steps;
    if (foldIn instanceof ImplicitFoldIn) {
      steps = "accelerated projected gradient steps on the weighted implicit loss";
    } else if (foldIn instanceof SquaredFoldIn) {
      steps = "accelerated projected gradient steps on the squared error";
    } else {
      steps = "multiplicative steps on the Kullback-Leibler divergence";
    }
    return foldIn.iterations() + " " + steps;
  }

  private static GraphProto build(FoldIn foldIn) {
    ONNXContext context = new ONNXContext();
    context.setName("user_encoder");
    ONNXPlaceholder items = context.floatInput(ITEMS, foldIn.rank());
    ONNXPlaceholder weights = context.floatInput(WEIGHTS, 1);
    ONNXNode user;
    if (foldIn instanceof ImplicitFoldIn implicit) {
      user = DescentSteps.implicit(implicit, context, items, weights);
    } else if (foldIn instanceof SquaredFoldIn squared) {
      user = DescentSteps.squared(squared, context, items, weights);
    } else if (foldIn instanceof NeighbourFoldIn neighbour) {
      user = NeighbourSum.of(neighbour, context, items, weights);
    } else {
      user = MultiplicativeSteps.of((KullbackLeiblerFoldIn) foldIn, context, items, weights);
    }
    context.assignTo(user, context.floatOutput(USER, foldIn.rank()));
    return context.buildGraph();
  }
}
