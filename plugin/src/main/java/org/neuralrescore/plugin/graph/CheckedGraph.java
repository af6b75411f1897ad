// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/** A graph that may run: an ONNX model, written from what was checked, and what it takes. */
public final class CheckedGraph {
  private final String file;
  private final byte[] bytes;
  private final Shape output;
  private final GraphCost cost;
  private final boolean polynomial;

  CheckedGraph(String file, byte[] bytes, Shape output, GraphCost cost, boolean polynomial) {
    this.file = file;
    this.bytes = bytes;
    this.output = output;
    this.cost = cost;
    this.polynomial = polynomial;
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
    return new CheckedGraph(file, new byte[0], output, cost, polynomial);
  }

  /** The shape of its output. */
  public Shape output() {
    return output;
  }

  /**
   * Whether its output is a polynomial of its inputs, for it adds, multiplies and moves numbers and
   * does nothing else: one that is equal to another polynomial at enough random points is that.
   */
  public boolean isPolynomial() {
    return polynomial;
  }

  /** What it takes. */
  public GraphCost cost() {
    return cost;
  }
}
