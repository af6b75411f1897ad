// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bundle;

import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small model whose graph reads the context besides, built by hand from ONNX's own operators: the
 * logit of {@link SmallModel}, and of each context column {@code sum_i effect_i values_i <1,
 * item>}.
 */
public final class ContextModel {
  /** The vocabularies by column. */
  public static final Map<String, List<String>> COLUMNS =
      Map.of("country", List.of("France", "Peru", "Chad"), "hour", List.of("0", "13"));

  private static final Map<String, float[]> EFFECTS =
      Map.of("country", new float[] {2, -1, 0.5f}, "hour", new float[] {0.25f, -3});

  private final SmallModel model;

  public ContextModel(SmallModel model) {
    this.model = model;
  }

  /** What the columns add to the logit of an item. */
  public static float effect(Map<String, String> context, float[] item) {
    float sum = 0;
    for (float value : item) {
      sum += value;
    }
    float effect = 0;
    for (Map.Entry<String, List<String>> column : COLUMNS.entrySet()) {
      int at = column.getValue().indexOf(context.getOrDefault(column.getKey(), ""));
      effect += at < 0 ? 0 : EFFECTS.get(column.getKey())[at] * sum;
    }
    return effect;
  }

  /** The logit, computed in Java. */
  public float logit(float[] user, float[] item, Map<String, String> context) {
    return model.logit(user, item) + effect(context, item);
  }

  /** The final score of the model: the softplus of the logit. */
  public double score(float[] user, float[] item, Map<String, String> context) {
    return Math.log1p(Math.exp(logit(user, item, context)));
  }

  /** Every file of the bundle that serving needs. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("scorer.onnx", graph());
    files.put("user-encoder.onnx", model.encoderGraph());
    files.put("parity.json", SmallModel.bytes(parity()));
    files.put("manifest.json", SmallModel.bytes(manifest(SmallModel.hashes(files))));
    return files;
  }

  /** The manifest as maps and lists, to change a part of. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> manifest(Map<String, String> hashes) {
    Map<String, Object> manifest = model.manifest(hashes);
    Map<String, Object> scorer = (Map<String, Object>) manifest.get("scorer");
    List<Object> inputs = new ArrayList<>((List<Object>) scorer.get("inputs"));
    for (String column : List.of("country", "hour")) {
      inputs.add(
          map(
              "name",
              "context." + column,
              "source",
              "context",
              "width",
              COLUMNS.get(column).size(),
              "column",
              column,
              "values",
              COLUMNS.get(column)));
    }
    scorer.put("inputs", inputs);
    return manifest;
  }

  /** Parity rows in two contexts, computed in Java. */
  public Map<String, Object> parity() {
    Map<String, Object> parity = model.parity();
    List<Object> scores = new ArrayList<>();
    for (Map<String, String> context :
        List.of(Map.of("country", "Peru", "hour", "0"), Map.of("hour", "13"))) {
      Random random = new Random(5);
      float[] user = SmallModel.vector(random);
      List<Object> items = new ArrayList<>();
      List<Object> outputs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        float[] item = SmallModel.vector(random);
        items.add(list(item));
        outputs.add(logit(user, item, context));
      }
      Map<String, Object> inputs = map("user", List.of(list(user)), "items", items);
      COLUMNS.forEach((column, values) -> inputs.put("context." + column, row(context, column)));
      scores.add(map("inputs", inputs, "output", outputs));
    }
    parity.put("scores", scores);
    return parity;
  }

  private static List<Object> row(Map<String, String> context, String column) {
    List<String> values = COLUMNS.get(column);
    float[] row = new float[values.size()];
    int at = values.indexOf(context.getOrDefault(column, ""));
    if (at >= 0) {
      row[at] = 1;
    }
    return List.of(list(row));
  }

  private byte[] graph() {
    try {
      ModelProto.Builder proto = ModelProto.parseFrom(model.scorerGraph()).toBuilder();
      GraphProto.Builder graph = proto.getGraphBuilder();
      for (NodeProto.Builder node : graph.getNodeBuilderList()) {
        for (int o = 0; o < node.getOutputCount(); o++) {
          if (node.getOutput(o).equals("score")) {
            node.setOutput(o, "without_context");
          }
        }
      }
      graph.addInitializer(tensor("ones", ones(), SmallModel.RANK, 1));
      node(graph, "MatMul", "item_sum", "items", "ones");
      String sum = "without_context";
      for (String column : List.of("country", "hour")) {
        float[] effects = EFFECTS.get(column);
        graph.addInput(input("context." + column, effects.length));
        graph.addInitializer(tensor("effects." + column, effects, effects.length, 1));
        node(graph, "MatMul", "effect." + column, "context." + column, "effects." + column);
        node(graph, "Mul", "row_effect." + column, "item_sum", "effect." + column);
        String next = column.equals("hour") ? "score" : "with." + column;
        node(graph, "Add", next, sum, "row_effect." + column);
        sum = next;
      }
      return proto.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static float[] ones() {
    float[] ones = new float[SmallModel.RANK];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private static void node(GraphProto.Builder graph, String op, String output, String... inputs) {
    graph
        .addNodeBuilder()
        .setOpType(op)
        .setName("node." + output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static TensorProto tensor(String name, float[] values, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto input(String name, int width) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimValue(1);
    shape.addDimBuilder().setDimValue(width);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)))
        .build();
  }
}
