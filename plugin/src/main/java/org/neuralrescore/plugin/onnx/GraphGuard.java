package org.neuralrescore.plugin.onnx;

import java.util.Set;
import org.neuralrescore.bundle.InvalidBundleException;

/**
 * Reads an ONNX file's structure before ONNX Runtime does and refuses what a scorer has no use for
 * and a node must fear: control flow ({@code Loop} may run for ever), subgraphs, functions, data in
 * other files, operators of other domains than ONNX's own, training. Field numbers are those of
 * {@code onnx.proto}.
 */
public final class GraphGuard {
  /** The largest graph that is loaded: 64 MiB. */
  public static final int MAX_BYTES = 64 << 20;

  private static final int MAX_NODES = 10_000;
  private static final Set<String> CONTROL_FLOW = Set.of("Loop", "Scan", "If", "SequenceMap");

  private final String file;
  private int nodes;

  private GraphGuard(String file) {
    this.file = file;
  }

  /**
   * Checks a file.
   *
   * @param file its name, for errors
   * @throws InvalidBundleException naming what is refused
   */
  public static void check(String file, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new InvalidBundleException(
          file + " expects at most " + MAX_BYTES + " bytes, got " + bytes.length);
    }
    new GraphGuard(file).model(ProtobufReader.of(file, bytes));
  }

  private void model(ProtobufReader model) {
    boolean graph = false;
    boolean opset = false;
    while (model.next()) {
      switch (model.field()) {
        case 7 -> {
          graph(model.message());
          graph = true;
        }
        case 8 -> {
          opset(model.message());
          opset = true;
        }
        case 20 -> throw refuse("training information");
        case 25 -> throw refuse("functions of the model's own");
        default -> {
          // Names, versions and metadata: nothing runs because of them.
        }
      }
    }
    if (!graph || !opset) {
      throw new InvalidBundleException(
          file + " is no ONNX model: it has no " + (graph ? "opset" : "graph"));
    }
    if (nodes == 0) {
      throw new InvalidBundleException(file + " is no scorer: its graph has no nodes");
    }
  }

  private void opset(ProtobufReader opset) {
    while (opset.next()) {
      if (opset.field() == 1) {
        domain(opset.text());
      }
    }
  }

  private void graph(ProtobufReader graph) {
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph.message());
        case 5 -> tensor(graph.message());
        case 15 -> sparseTensor(graph.message());
        default -> {
          // Inputs, outputs, names: ONNX Runtime checks them, then the manifest is.
        }
      }
    }
  }

  private void node(ProtobufReader node) {
    if (++nodes > MAX_NODES) {
      throw refuse("more than " + MAX_NODES + " nodes");
    }
    while (node.next()) {
      switch (node.field()) {
        case 4 -> operator(node.text());
        case 5 -> attribute(node.message());
        case 7 -> domain(node.text());
        default -> {
          // Names of inputs and outputs.
        }
      }
    }
  }

  private void operator(String type) {
    if (CONTROL_FLOW.contains(type)) {
      throw refuse("the operator [" + type + "]: it may run for ever");
    }
  }

  private void attribute(ProtobufReader attribute) {
    while (attribute.next()) {
      switch (attribute.field()) {
        case 5, 10 -> tensor(attribute.message());
        case 6, 11 -> throw refuse("a subgraph");
        case 22, 23 -> sparseTensor(attribute.message());
        default -> {
          // Numbers and texts.
        }
      }
    }
  }

  private void sparseTensor(ProtobufReader sparse) {
    while (sparse.next()) {
      if (sparse.field() == 1 || sparse.field() == 2) {
        tensor(sparse.message());
      }
    }
  }

  private void tensor(ProtobufReader tensor) {
    while (tensor.next()) {
      if (tensor.field() == 13 || (tensor.field() == 14 && tensor.number() != 0)) {
        throw refuse("external data: a model's values must be in its own file");
      }
    }
  }

  private void domain(String domain) {
    if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
      throw refuse("the operator domain [" + domain + "]: only ONNX's own is accepted");
    }
  }

  private InvalidBundleException refuse(String what) {
    return new InvalidBundleException(file + " is refused: it has " + what);
  }
}
