package org.neuralrescore.plugin.graph;

/** A graph that may run: an ONNX model, written from what was checked, and what it takes. */
public final class CheckedGraph {
  private final String file;
  private final byte[] bytes;
  private final Shape output;
  private final GraphCost cost;

  CheckedGraph(String file, byte[] bytes, Shape output, GraphCost cost) {
    this.file = file;
    this.bytes = bytes;
    this.output = output;
    this.cost = cost;
  }

  /** The file's name, for errors. */
  public String file() {
    return file;
  }

  /** The model; not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** The same without the model, which is large and of no use once it is open. */
  public CheckedGraph withoutBytes() {
    return new CheckedGraph(file, new byte[0], output, cost);
  }

  /** The shape of its output. */
  public Shape output() {
    return output;
  }

  /** What it takes. */
  public GraphCost cost() {
    return cost;
  }
}
