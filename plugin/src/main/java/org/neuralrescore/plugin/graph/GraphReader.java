// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a {@code ModelProto}. What it does not know it refuses, and so it does what comes twice
 * where once is meant: of both, another reader may make something else. Field numbers are those of
 * {@code onnx.proto}.
 */
final class GraphReader {
  static final int MAX_NODES = 10_000;
  static final int MAX_ENDS = 64;
  static final int MAX_ATTRIBUTES = 16;
  static final int MAX_CONSTANTS = 10_000;
  private static final long MIN_IR = 4;
  private static final long MAX_IR = 12;

  private final List<GraphNode> nodes = new ArrayList<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final Map<String, Graph.Declared> inputs = new LinkedHashMap<>();
  private final Map<String, Graph.Declared> outputs = new LinkedHashMap<>();
  private final ReadBudget budget;
  private Optional<Long> opset = Optional.empty();
  private long ir;
  private boolean graph;

  private GraphReader(ReadBudget budget) {
    this.budget = budget;
  }

  /**
   * Reads.
   *
   * @param budget what it may take on the heap
   */
  static Graph read(byte[] bytes, ReadBudget budget) {
    GraphReader reader = new GraphReader(budget);
    ProtobufReader model = ProtobufReader.of(bytes);
    while (model.next()) {
      reader.model(model);
    }
    return reader.graph();
  }

  private Graph graph() {
    if (!graph || opset.isEmpty()) {
      throw GraphRefusal.noModel("it has no " + (graph ? "opset" : "graph"));
    }
    if (nodes.isEmpty()) {
      throw GraphRefusal.because("it is no scorer: its graph has no nodes");
    }
    if (ir < MIN_IR || ir > MAX_IR) {
      throw GraphRefusal.because(
          "its IR version is " + ir + ", " + MIN_IR + " to " + MAX_IR + " are taken");
    }
    int version = OperatorTable.opset(opset.get());
    return new Graph(version, nodes, constants, inputs, outputs);
  }

  private void model(ProtobufReader model) {
    switch (model.field()) {
      case 1 -> ir = model.once().number();
      case 2, 3, 4, 5, 6, 14 -> {
        // Names, versions and metadata: not written again.
      }
      case 7 -> {
        graph(model.once().message());
        graph = true;
      }
      case 8 -> opset(model.message());
      case 20 -> throw GraphRefusal.has("training information");
      case 25 -> throw GraphRefusal.has("functions of the model's own");
      default -> throw GraphRefusal.has("field " + model.field());
    }
  }

  private void opset(ProtobufReader message) {
    long version = 0;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> domain(message.once().text());
        case 2 -> version = message.once().number();
        default -> throw GraphRefusal.has("an opset with field " + message.field());
      }
    }
    if (opset.isPresent()) {
      throw GraphRefusal.has("two opsets of one domain");
    }
    opset = Optional.of(version);
  }

  private void graph(ProtobufReader message) {
    while (message.next()) {
      switch (message.field()) {
        case 1 -> node(message.message());
        case 2, 10, 13, 16 -> {
          // A name, a doc string, metadata, and shapes of inner tensors, which are worked out here.
        }
        case 5 -> constant(TensorReader.read(message.message(), budget));
        case 11 -> declare(message.message(), inputs);
        case 12 -> declare(message.message(), outputs);
        case 14 -> throw GraphRefusal.has("quantization annotations");
        case 15 -> throw GraphRefusal.has("a sparse initializer: write it out");
        default -> throw GraphRefusal.has("a graph with field " + message.field());
      }
    }
  }

  private void constant(TensorReader.NamedConstant tensor) {
    if (tensor.name().isEmpty() || constants.put(tensor.name(), tensor.value()) != null) {
      throw GraphRefusal.has("an initializer without a name of its own: [" + tensor.name() + "]");
    }
    if (constants.size() > MAX_CONSTANTS) {
      throw GraphRefusal.has("more than " + MAX_CONSTANTS + " initializers");
    }
  }

  private void node(ProtobufReader node) {
    if (nodes.size() >= MAX_NODES) {
      throw GraphRefusal.has("more than " + MAX_NODES + " nodes");
    }
    budget.take(ReadBudget.RECORD);
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    Map<String, Attribute> attributes = new HashMap<>();
    String operator = "";
    while (node.next()) {
      switch (node.field()) {
        case 1 -> end(from, node.text());
        case 2 -> end(to, node.text());
        case 3, 6, 9 -> {
          // A name, a doc string and metadata: not written again.
        }
        case 4 -> operator = budget.text(node.once().text());
        case 5 -> {
          AttributeReader.NamedAttribute attribute = AttributeReader.read(node.message(), budget);
          if (attributes.put(attribute.name(), attribute.value()) != null) {
            throw GraphRefusal.has("an attribute [" + attribute.name() + "] twice in one node");
          }
          if (attributes.size() > MAX_ATTRIBUTES) {
            throw GraphRefusal.has("a node with more than " + MAX_ATTRIBUTES + " attributes");
          }
        }
        case 7 -> domain(node.once().text());
        default -> throw GraphRefusal.has("a node with field " + node.field());
      }
    }
    nodes.add(new GraphNode(operator, from, to, attributes));
  }

  private void end(List<String> ends, String name) {
    if (ends.size() >= MAX_ENDS) {
      throw GraphRefusal.has("a node with more than " + MAX_ENDS + " inputs or outputs");
    }
    budget.take(ReadBudget.END);
    ends.add(budget.text(name));
  }

  private static void domain(String domain) {
    if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
      throw GraphRefusal.has(
          "the operator domain [" + domain + "]: only ONNX's own is taken; " + OperatorTable.PAGE);
    }
  }

  private void declare(ProtobufReader value, Map<String, Graph.Declared> all) {
    budget.take(ReadBudget.DECLARED);
    String name = "";
    Optional<Graph.Declared> declared = Optional.empty();
    while (value.next()) {
      switch (value.field()) {
        case 1 -> name = value.once().text();
        case 2 -> declared = Optional.of(TypeReader.tensor(value.once().message()));
        case 3, 4 -> {
          // A doc string and metadata: not written again.
        }
        default -> throw GraphRefusal.has("an input or output with field " + value.field());
      }
    }
    String named = name;
    Graph.Declared type =
        declared.orElseThrow(
            () -> GraphRefusal.has("an input or output [" + named + "] without a type"));
    if (name.isEmpty() || all.put(name, type) != null) {
      throw GraphRefusal.has("an input or output without a name of its own: [" + name + "]");
    }
    if (all.size() > MAX_CONSTANTS) {
      throw GraphRefusal.has("more than " + MAX_CONSTANTS + " inputs or outputs");
    }
  }
}
