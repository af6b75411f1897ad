// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bundle;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes ONNX graphs that no exporter would: any operator, any attribute. A scorer has the inputs
 * {@code user [1, 2]} and {@code items [rows, 2]} and the output {@code score [rows, 1]}.
 */
public final class TinyGraph {
  public static final int FLOAT = 1;
  public static final int INT32 = 6;
  public static final int INT64 = 7;
  public static final int BOOL = 9;
  public static final int DOUBLE = 11;

  /** A size that has a name. */
  public static final long ROWS = -1;

  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);

  private TinyGraph(int opset) {
    model.addOpsetImportBuilder().setDomain("").setVersion(opset);
    model.getGraphBuilder().setName("tiny");
  }

  /** No inputs and outputs yet. */
  public static TinyGraph ofOpset(int opset) {
    return new TinyGraph(opset);
  }

  /** A scorer's inputs and outputs; {@code dot} is the dot product. */
  public static TinyGraph scorer() {
    return scorer(17);
  }

  public static TinyGraph scorer(int opset) {
    return new TinyGraph(opset)
        .input("user", 1, 2)
        .input("items", ROWS, 2)
        .output("score", ROWS, 1)
        .node("Gemm", "items user", "dot", "transB", 1);
  }

  /** A scorer that adds the sum of a tensor, times zero, to the dot product. */
  public static TinyGraph reading(Consumer<TinyGraph> change) {
    TinyGraph graph = scorer();
    change.accept(graph);
    return graph
        .floats("zero", new long[0], 0)
        .node("ReduceSum", "x", "xs", "keepdims", 0)
        .node("Mul", "xs zero", "xz")
        .node("Add", "dot xz", "score");
  }

  public TinyGraph input(String name, long... sizes) {
    model.getGraphBuilder().addInput(value(name, FLOAT, sizes));
    return this;
  }

  public TinyGraph output(String name, long... sizes) {
    model.getGraphBuilder().addOutput(value(name, FLOAT, sizes));
    return this;
  }

  public static ValueInfoProto value(String name, int type, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      if (size == ROWS) {
        shape.addDimBuilder().setDimParam("rows");
      } else {
        shape.addDimBuilder().setDimValue(size);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  /**
   * Adds an operator.
   *
   * @param inputs names with spaces between; {@code -} leaves one out
   * @param outputs the same
   * @param attributes name, value, name, value: an Integer, Float, String, long[], float[],
   *     TensorProto or GraphProto
   */
  public TinyGraph node(String operator, String inputs, String outputs, Object... attributes) {
    NodeProto.Builder node = model.getGraphBuilder().addNodeBuilder().setOpType(operator);
    for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
      node.addInput(input.equals("-") ? "" : input);
    }
    node.addAllOutput(List.of(outputs.split(" ", -1)));
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    return this;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer number) {
      attribute.setType(AttributeProto.AttributeType.INT).setI(number);
    } else if (value instanceof Float number) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
    } else if (value instanceof String text) {
      attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else if (value instanceof long[] numbers) {
      attribute.setType(AttributeProto.AttributeType.INTS);
      for (long number : numbers) {
        attribute.addInts(number);
      }
    } else if (value instanceof float[] numbers) {
      attribute.setType(AttributeProto.AttributeType.FLOATS);
      for (float number : numbers) {
        attribute.addFloats(number);
      }
    } else if (value instanceof TensorProto tensor) {
      attribute.setType(AttributeProto.AttributeType.TENSOR).setT(tensor);
    } else {
      attribute.setType(AttributeProto.AttributeType.GRAPH).setG((GraphProto) value);
    }
    return attribute.build();
  }

  public TinyGraph floats(String name, long[] sizes, float... values) {
    model.getGraphBuilder().addInitializer(tensor(name, sizes, values));
    return this;
  }

  /** Zeros. */
  public TinyGraph zeros(String name, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count = Math.multiplyExact(count, Math.toIntExact(size));
    }
    return floats(name, sizes, new float[count]);
  }

  public static TensorProto tensor(String name, long[] sizes, float... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (long size : sizes) {
      tensor.addDims(size);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  /** A list of whole numbers. */
  public TinyGraph longs(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(INT64).addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    model.getGraphBuilder().addInitializer(tensor);
    return this;
  }

  /** Anything else. */
  public TinyGraph with(Consumer<ModelProto.Builder> change) {
    change.accept(model);
    return this;
  }

  public byte[] bytes() {
    return model.build().toByteArray();
  }
}
