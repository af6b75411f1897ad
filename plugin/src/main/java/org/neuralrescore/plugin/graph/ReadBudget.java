// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

/**
 * What reading one file may take on the heap besides the file: few bytes of it can say many
 * numbers, names and nodes. Values of tensors that stand in the file as they are stay there and
 * cost nothing; an exported model of 60 MB takes some ten KB. For one thread.
 */
final class ReadBudget {
  /** A whole number: in a list with room to grow, and once more as a constant. */
  static final int NUMBER = 3 * Long.BYTES;

  /** A single float that is not packed: views of its bytes. */
  static final int PART = 128;

  /** A node, attribute or tensor without its name and its values. */
  static final int RECORD = 256;

  /** An input or output of a node, which is a tensor with a shape. */
  static final int END = 256;

  /** An input or output of the graph, with its sizes. */
  static final int DECLARED = 2_048;

  private final long most;
  private final Runnable patience;
  private long left;

  /**
   * A budget that is all there.
   *
   * @param patience asked at every taking; what it throws ends the reading
   */
  ReadBudget(long bytes, Runnable patience) {
    this.most = bytes;
    this.left = bytes;
    this.patience = patience;
  }

  /** Takes bytes of the heap, or refuses the file. */
  void take(long bytes) {
    patience.run();
    spend(bytes);
  }

  /** The same where it is called too often to ask whether to go on. */
  void spend(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw GraphRefusal.has(
          "more nodes, names and numbers than "
              + most
              + " bytes hold when it is read: write weights as raw data, and fewer nodes");
    }
  }

  /** Takes what a text takes. */
  String text(String text) {
    spend(2L * text.length());
    return text;
  }
}
