// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Writes a {@code ModelProto} from what was read and checked: the only bytes that ONNX Runtime
 * sees. Names of nodes are their operator and place, everything that does not run is left out.
 */
final class GraphWriter {
  private static final int IR_VERSION = 8;
  private static final int GRAPH = 7;

  private GraphWriter() {}

  /**
   * Writes.
   *
   * @param inputs shape by name; all are float32
   * @param outputs the same
   */
  static byte[] write(
      int opset,
      List<GraphNode> nodes,
      Map<String, Constant> constants,
      Map<String, Shape> inputs,
      Map<String, Shape> outputs) {
    ProtobufWriter graph = new ProtobufWriter();
    for (int i = 0; i < nodes.size(); i++) {
      graph.message(1, node(nodes.get(i), i));
    }
    graph.text(2, "graph");
    constants.forEach((name, constant) -> graph.message(5, tensor(constant).text(8, name)));
    inputs.forEach((name, shape) -> graph.message(11, value(name, shape)));
    outputs.forEach((name, shape) -> graph.message(12, value(name, shape)));
    return new ProtobufWriter()
        .number(1, IR_VERSION)
        .message(GRAPH, graph)
        .message(8, new ProtobufWriter().text(1, "").number(2, opset))
        .toBytes();
  }

  private static ProtobufWriter node(GraphNode node, int place) {
    ProtobufWriter message = new ProtobufWriter();
    node.inputs().forEach(input -> message.text(1, input));
    node.outputs().forEach(output -> message.text(2, output));
    message.text(3, node.operator() + "_" + place).text(4, node.operator());
    new TreeMap<>(node.attributes())
        .forEach((name, attribute) -> message.message(5, attribute(name, attribute)));
    return message;
  }

  private static ProtobufWriter attribute(String name, Attribute attribute) {
    ProtobufWriter message = new ProtobufWriter().text(1, name);
    if (attribute instanceof Attribute.Real real) {
      return message.real(2, real.value()).number(20, 1);
    }
    if (attribute instanceof Attribute.Whole whole) {
      return message.number(3, whole.value()).number(20, 2);
    }
    if (attribute instanceof Attribute.Text text) {
      return message.text(4, text.value()).number(20, 3);
    }
    if (attribute instanceof Attribute.Wholes wholes) {
      for (long value : wholes.numbers()) {
        message.number(8, value);
      }
      return message.number(20, 7);
    }
    throw new AssertionError("only constants have others, and these are written as tensors");
  }

  private static ProtobufWriter tensor(Constant constant) {
    ProtobufWriter tensor = new ProtobufWriter();
    for (long size : constant.shape().sizes()) {
      tensor.number(1, size);
    }
    return tensor.number(2, constant.type().number()).raw(9, constant.values());
  }

  private static ProtobufWriter value(String name, Shape shape) {
    ProtobufWriter sizes = new ProtobufWriter();
    IntStream.range(0, shape.rank())
        .mapToLong(shape::size)
        .forEach(
            size -> {
              ProtobufWriter one = new ProtobufWriter();
              sizes.message(1, size == Shape.ROWS ? one.text(2, "rows") : one.number(1, size));
            });
    ProtobufWriter tensor =
        new ProtobufWriter().number(1, ElementType.FLOAT.number()).message(2, sizes);
    return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
  }
}
