// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.neuralrescore.bundle.InvalidBundleException;

/**
 * Walks a graph from its inputs to its output: every operator must be on the list, every tensor's
 * type and shape must follow from what is there already, and all that it takes is added up.
 */
public final class GraphCheck {
  /** The largest graph that is read: 64 MiB. */
  public static final int MAX_BYTES = 64 << 20;

  /** What reading a graph may take on the heap besides the file: 32 MiB. */
  public static final int READ_BYTES = 32 << 20;

  private final Graph graph;
  private final Signature signature;
  private final GraphLimits limits;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<GraphNode> nodes = new ArrayList<>();
  private long kept;
  private long openWork;
  private Linear runBytes = Linear.ZERO;
  private Linear work = Linear.ZERO;

  private GraphCheck(Graph graph, Signature signature, GraphLimits limits) {
    this.graph = graph;
    this.signature = signature;
    this.limits = limits;
  }

  /**
   * Checks a file.
   *
   * @param file its name, for errors
   * @param bytes not changed
   * @param patience asked now and then; what it throws ends the check and is thrown
   * @throws InvalidBundleException naming what is refused
   */
  public static CheckedGraph check(
      String file, byte[] bytes, Signature signature, GraphLimits limits, Runnable patience) {
    if (bytes.length > MAX_BYTES) {
      throw new InvalidBundleException(
          file + " expects at most " + MAX_BYTES + " bytes, got " + bytes.length);
    }
    try {
      Graph graph = GraphReader.read(bytes, new ReadBudget(READ_BYTES, patience));
      GraphEnds.check(graph, signature);
      return new GraphCheck(graph, signature, limits).walk(file, patience);
    } catch (GraphRefusal refusal) {
      throw new InvalidBundleException(file + " " + refusal.getMessage(), refusal);
    }
  }

  private CheckedGraph walk(String file, Runnable patience) {
    signature.inputs().forEach((name, shape) -> define(name, Value.input(shape)));
    graph.constants().forEach(this::keep);
    for (int i = 0; i < graph.nodes().size(); i++) {
      patience.run();
      GraphNode node = graph.nodes().get(i);
      try {
        node(node);
      } catch (GraphRefusal refusal) {
        throw refusal.at("node " + i + ", operator [" + node.operator() + "]");
      }
    }
    Shape output = output();
    constants.keySet().retainAll(used);
    GraphCost cost = cost();
    limits.check(cost);
    byte[] written =
        GraphWriter.write(
            graph.opset(), nodes, constants, inputs(), Map.of(signature.output(), output));
    return new CheckedGraph(file, written, output, cost, BilinearWalk.of(signature, nodes, values));
  }

  /** In the file's order, so that equal files give equal bytes. */
  private Map<String, Shape> inputs() {
    Map<String, Shape> inputs = new LinkedHashMap<>();
    graph.inputs().keySet().forEach(name -> inputs.put(name, signature.inputs().get(name)));
    return inputs;
  }

  private void node(GraphNode node) {
    OperatorTable.Row row = OperatorTable.instance().row(node.operator(), graph.opset());
    attributes(node, row);
    if (row.shape().equals("constant")) {
      keep(single(node), Constants.of(node));
      return;
    }
    Operation operation = new Operation(node, inputs(node, row), signature.rowsApart());
    Outcome outcome = ShapeRules.apply(row.shape(), operation);
    if (outcome.shapes().size() != node.outputs().size()) {
      throw GraphRefusal.because(
          outcome.shapes().size() + " outputs are expected, got " + node.outputs().size());
    }
    boolean folded = operation.isConstant();
    ElementType type = Types.output(row, operation);
    for (int i = 0; i < outcome.shapes().size(); i++) {
      Value value = new Value(type, outcome.shapes().get(i), folded, Optional.empty());
      define(node.outputs().get(i), value);
      account(value.bytes(), folded);
    }
    account(outcome.scratch().times(type.bytes()), folded);
    Linear steps = outcome.steps().times(row.work()).plus(Linear.constant(GraphCost.NODE_WORK));
    if (folded) {
      openWork = Linear.constant(openWork).plus(steps).base();
    } else {
      limits.checkOperator(steps);
      work = work.plus(steps);
    }
    nodes.add(node);
  }

  private void account(Linear bytes, boolean folded) {
    if (folded) {
      kept = Linear.constant(kept).plus(bytes).base();
    } else {
      runBytes = runBytes.plus(bytes);
    }
  }

  private static String single(GraphNode node) {
    if (node.outputs().size() != 1) {
      throw GraphRefusal.because("1 output is expected, got " + node.outputs().size());
    }
    return node.outputs().get(0);
  }

  private static void attributes(GraphNode node, OperatorTable.Row row) {
    node.attributes()
        .forEach(
            (name, attribute) -> {
              String kind = row.attributes().get(name);
              if (kind == null) {
                throw GraphRefusal.because(
                    "attribute [" + name + "] is not taken; " + OperatorTable.PAGE);
              }
              if (!kind.equals(attribute.kind())) {
                throw GraphRefusal.because(
                    "attribute [" + name + "] expects " + kind + ", got " + attribute.kind());
              }
            });
  }

  private List<Optional<Value>> inputs(GraphNode node, OperatorTable.Row row) {
    if (node.inputs().size() > row.most()) {
      throw GraphRefusal.because(
          "at most " + row.most() + " inputs are taken, got " + node.inputs().size());
    }
    List<Optional<Value>> inputs = new ArrayList<>();
    for (int i = 0; i < Math.max(node.inputs().size(), row.inputs().size()); i++) {
      String name = i < node.inputs().size() ? node.inputs().get(i) : "";
      if (!name.isEmpty()) {
        Value value =
            Optional.ofNullable(values.get(name))
                .orElseThrow(
                    () -> GraphRefusal.because("input [" + name + "] is not there yet, or never"));
        Types.require(row.kind(i), i, value);
        used.add(name);
        inputs.add(Optional.of(value));
      } else if (row.isRequired(i) || i >= row.inputs().size()) {
        throw GraphRefusal.because("input " + i + " is expected");
      } else {
        inputs.add(Optional.empty());
      }
    }
    return inputs;
  }

  private void keep(String name, Constant constant) {
    Value value = Value.of(constant);
    define(name, value);
    constants.put(name, constant);
    kept = Linear.constant(kept).plus(value.bytes()).base();
  }

  private void define(String name, Value value) {
    if (name.isEmpty() || values.put(name, value) != null) {
      throw GraphRefusal.because("tensor [" + name + "] is made twice, or without a name");
    }
  }

  private Shape output() {
    Value value = values.get(signature.output());
    boolean made =
        value != null
            && nodes.stream().anyMatch(node -> node.outputs().contains(signature.output()));
    if (!made || value.type() != ElementType.FLOAT) {
      throw GraphRefusal.because(
          "no operator makes the output [" + signature.output() + "] as float32");
    }
    if (!signature.outputShapes().contains(value.shape())) {
      throw GraphRefusal.because(
          "its output ["
              + signature.output()
              + "] expects a shape of "
              + signature.outputShapes()
              + ", the graph makes "
              + value.shape());
    }
    return value.shape();
  }

  private GraphCost cost() {
    Linear open =
        Linear.constant(kept)
            .times(2)
            .plus(Linear.constant(nodes.size()).times(GraphCost.NODE_BYTES));
    return new GraphCost(open.base(), runBytes, openWork, work);
  }
}
