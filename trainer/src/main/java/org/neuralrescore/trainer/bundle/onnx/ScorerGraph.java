// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * The scorer as a graph: inputs {@value #USER} {@code [1, rank]} and {@value #ITEMS} {@code [rows,
 * rank]}, then one {@code [rows, width]} a feature block and one {@code [1, width]} a context
 * column by their names and, where the scorer reads the recent vector, {@value #RECENT} {@code [1,
 * rank]}; output {@value #SCORE} {@code [rows, 1]}, a logit a row.
 *
 * <p>Of the first layer {@code [u; v; u*v] W1 + b1} the user's half is constant and the product is
 * linear in the item, so one run computes {@code W = Wi + diag(u) Wp} and {@code b = u Wu + b1}
 * once and then {@code v W + b} a row: a third of the work, and no {@code [rows, 3 rank]} tensor.
 * The context's part goes into b likewise, each feature block adds {@code x Wx} a row, and of the
 * recent vector {@code diag(r) Wrp} goes into W and {@code r Wr} into b.
 */
public final class ScorerGraph {
  /** The input with one user. */
  public static final String USER = "user";

  /** The input with one item a row. */
  public static final String ITEMS = "items";

  /** The input with one recent vector. */
  public static final String RECENT = ScorerInputs.RECENT;

  /** The output. */
  public static final String SCORE = "score";

  private final ScorerWeights scorer;
  private final ONNXContext context = new ONNXContext();
  private final ONNXPlaceholder user;
  private final ONNXPlaceholder items;
  private final List<ONNXPlaceholder> features = new ArrayList<>();
  private final List<ONNXPlaceholder> request = new ArrayList<>();
  private final Optional<ONNXPlaceholder> recent;

  private ScorerGraph(ScorerWeights scorer) {
    this.scorer = scorer;
    context.setName("scorer");
    user = context.floatInput(USER, scorer.rank());
    items = context.floatInput(ITEMS, scorer.rank());
    for (FeatureBlock block : scorer.inputs().rowBlocks()) {
      features.add(context.floatInput(block.name(), block.width()));
    }
    for (ContextColumn column : scorer.inputs().context()) {
      request.add(context.floatInput(column.name(), column.width()));
    }
    recent = scorer.inputs().recent().map(items -> context.floatInput(RECENT, scorer.rank()));
  }

  /**
   * Exports the scorer.
   *
   * @param version this software's version, for the model's provenance
   * @return a whole ONNX model, opset 13, IR 7
   */
  public static byte[] export(ScorerWeights scorer, String version) {
    GraphProto.Builder graph = new ScorerGraph(scorer).build().toBuilder();
    graph.setInput(0, OnnxFormat.withRows(graph.getInput(0), "1"));
    int perRow = 2 + scorer.inputs().rowBlocks().size();
    for (int i = 1; i < graph.getInputCount(); i++) {
      graph.setInput(i, OnnxFormat.withRows(graph.getInput(i), i < perRow ? "rows" : "1"));
    }
    graph.setOutput(0, OnnxFormat.withRows(graph.getOutput(0), "rows"));
    return OnnxFormat.model(
        graph.build(),
        version,
        "Scores one user against many items: a <user, item> + "
            + (scorer.inputs().wide() ? "b wide[0] + " : "")
            + "c + MLP([user; item; user * item"
            + beside(scorer.inputs())
            + "]), a logit.");
  }

  private static String beside(ScorerInputs inputs) {
    StringBuilder names = new StringBuilder();
    inputs.rowBlocks().forEach(block -> names.append("; ").append(block.name()));
    inputs.context().forEach(column -> names.append("; ").append(column.name()));
    inputs.recent().ifPresent(items -> names.append("; recent; recent * item"));
    return names.toString();
  }

  private GraphProto build() {
    ONNXRef<?> score = dotPath();
    if (scorer.inputs().wide()) {
      score = score.apply(ONNXOperators.ADD, widePath(), "linear");
    }
    if (!scorer.layers().isEmpty()) {
      score = score.apply(ONNXOperators.ADD, network(), "sum");
    }
    context.assignTo(score, context.floatOutput(SCORE, 1));
    return context.buildGraph();
  }

  private ONNXNode dotPath() {
    ONNXNode scaled =
        user.apply(
            ONNXOperators.MUL, context.constant("dot_scale", scorer.dotScale()), "scaled_user");
    ONNXInitializer bias = context.array("bias", new float[] {scorer.bias()});
    return context.operation(
        ONNXOperators.GEMM, List.<ONNXRef<?>>of(items, scaled, bias), "dot", Map.of("transB", 1));
  }

  private ONNXPlaceholder wide() {
    return features.get(features.size() - 1);
  }

  /** {@code b t}: of the wide input the first column alone. */
  private ONNXNode widePath() {
    float[] scale = {scorer.wideScale(), 0f, 0f};
    ONNXInitializer column =
        context.floatTensor("wide_scale", List.of(3, 1), buffer -> buffer.put(scale));
    return wide().apply(Operator.MATMUL, column, "wide_path");
  }

  /** A block as the network reads it: the wide one as {@code sign(x) log(1 + |x|)}. */
  private ONNXRef<?> read(int block) {
    ONNXPlaceholder raw = features.get(block);
    if (!scorer.inputs().wide() || block < features.size() - 1) {
      return raw;
    }
    ONNXNode logarithm =
        raw.apply(Operator.ABS, "wide.size")
            .apply(ONNXOperators.ADD, context.constant("one", 1f), "wide.size_and_one")
            .apply(Operator.LOG, "wide.log");
    return raw.apply(Operator.SIGN, "wide.sign").apply(ONNXOperators.MUL, logarithm, "wide.read");
  }

  private ONNXNode network() {
    List<Layer> layers = scorer.layers();
    ONNXNode hidden = firstLayer(layers.get(0));
    for (int l = 1; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      hidden =
          hidden
              .apply(Operator.RELU, "layer" + (l - 1) + ".output")
              .apply(
                  ONNXOperators.GEMM,
                  List.of(
                      weights("layer" + l + ".weight", layer, 0, layer.in()),
                      context.array("layer" + l + ".bias", layer.bias())),
                  "layer" + l + ".sum");
    }
    return hidden;
  }

  private ONNXNode firstLayer(Layer layer) {
    int rank = scorer.rank();
    ONNXInitializer userWeights = weights("layer0.user", layer, 0, rank);
    ONNXInitializer itemWeights = weights("layer0.item", layer, rank, 2 * rank);
    ONNXInitializer productWeights = weights("layer0.product", layer, 2 * rank, 3 * rank);
    ONNXNode effective =
        user.apply(Operator.TRANSPOSE, "user_column")
            .apply(ONNXOperators.MUL, productWeights, "layer0.scaled_product")
            .apply(ONNXOperators.ADD, itemWeights, "layer0.effective");
    ONNXNode effectiveBias =
        user.apply(
            ONNXOperators.GEMM,
            List.of(userWeights, context.array("layer0.bias", layer.bias())),
            "layer0.effective_bias");
    int row = 3 * rank + scorer.inputs().featureWidth();
    for (int q = 0; q < request.size(); q++) {
      ContextColumn column = scorer.inputs().context().get(q);
      ONNXInitializer columnWeights =
          weights("layer0." + column.name(), layer, row, row + column.width());
      effectiveBias =
          request
              .get(q)
              .apply(
                  ONNXOperators.GEMM,
                  List.of(columnWeights, effectiveBias),
                  "layer0.bias_with_" + column.name());
      row += column.width();
    }
    if (recent.isPresent()) {
      ONNXPlaceholder vector = recent.get();
      ONNXInitializer recentWeights = weights("layer0.recent", layer, row, row + rank);
      ONNXInitializer recentProduct =
          weights("layer0.recent_product", layer, row + rank, row + 2 * rank);
      effectiveBias =
          vector.apply(
              ONNXOperators.GEMM, List.of(recentWeights, effectiveBias), "layer0.bias_with_recent");
      effective =
          vector
              .apply(Operator.TRANSPOSE, "recent_column")
              .apply(ONNXOperators.MUL, recentProduct, "layer0.scaled_recent_product")
              .apply(ONNXOperators.ADD, effective, "layer0.effective_with_recent");
    }
    ONNXNode sum = items.apply(ONNXOperators.GEMM, List.of(effective, effectiveBias), "layer0.sum");
    row = 3 * rank;
    for (int x = 0; x < features.size(); x++) {
      FeatureBlock block = scorer.inputs().rowBlocks().get(x);
      ONNXInitializer blockWeights =
          weights("layer0." + block.name(), layer, row, row + block.width());
      sum =
          read(x)
              .apply(
                  ONNXOperators.GEMM,
                  List.of(blockWeights, sum),
                  "layer0.sum_with_" + block.name());
      row += block.width();
    }
    return sum;
  }

  private ONNXInitializer weights(String name, Layer layer, int from, int to) {
    float[] rows = Arrays.copyOfRange(layer.weights(), from * layer.out(), to * layer.out());
    return context.floatTensor(name, List.of(to - from, layer.out()), buffer -> buffer.put(rows));
  }
}
