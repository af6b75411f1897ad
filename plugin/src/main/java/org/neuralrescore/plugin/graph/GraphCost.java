// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/**
 * What a graph takes, worked out from its shapes before any of it runs: never less than what ONNX
 * Runtime takes, which frees tensors that no later operator reads.
 *
 * @param openBytes native memory as long as it is open: weights, what is folded, and a second copy
 *     of both in the order that the kernels read
 * @param runBytes native memory while it runs: every tensor of the run
 * @param openWork floating operations of a dense layer that take as long as opening
 * @param work the same of a run
 */
public record GraphCost(long openBytes, Linear runBytes, long openWork, Linear work) {
  /** Nothing. */
  public static final GraphCost ZERO = new GraphCost(0, Linear.ZERO, 0, Linear.ZERO);

  /** What one operator takes besides its tensors: its objects, and the call. */
  static final long NODE_BYTES = 4_096;

  static final long NODE_WORK = 50_000;
}
