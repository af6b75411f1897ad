// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.Optional;

/** A graph that may run: an ONNX model, written from what was checked, and what it takes. */
public final class CheckedGraph {
  private final String file;
  private final byte[] bytes;
  private final Shape output;
  private final GraphCost cost;
  private final Optional<BilinearOutput> bilinear;

  CheckedGraph(
      String file, byte[] bytes, Shape output, GraphCost cost, Optional<BilinearOutput> bilinear) {
    this.file = file;
    this.bytes = bytes;
    this.output = output;
    this.cost = cost;
    this.bilinear = bilinear;
  }

  /** The file's name, for errors. */
  public String file() {
    return file;
  }

  /** The model; not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** The same without the model and its sum, which are large and of no use once it is open. */
  public CheckedGraph withoutBytes() {
    return new CheckedGraph(file, new byte[0], output, cost, Optional.empty());
  }

  /** The shape of its output. */
  public Shape output() {
    return output;
  }

  /**
   * Its output as a sum of products, worked out from the graph itself: empty where it is none, or
   * where that is not proven.
   */
  public Optional<BilinearOutput> bilinear() {
    return bilinear;
  }

  /** What it takes. */
  public GraphCost cost() {
    return cost;
  }
}
