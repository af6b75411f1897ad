// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

/**
 * The widths of a batch: the user's and the context's, of one row each, and those of the inputs
 * with a row a hit, in order. Context here is all that is fed once a search beside the user.
 */
public final class BatchLayout {
  private final int userWidth;
  private final int[] contextWidths;
  private final int[] widths;

  /**
   * A layout of these widths and no context.
   *
   * @param userWidth values of the user vector
   * @param widths values a row of each input; copied
   */
  public BatchLayout(int userWidth, int... widths) {
    this(userWidth, new int[0], widths.clone());
  }

  private BatchLayout(int userWidth, int[] contextWidths, int[] widths) {
    this.userWidth = userWidth;
    this.contextWidths = contextWidths;
    this.widths = widths;
  }

  /**
   * The same with these context rows.
   *
   * @param contextWidths values of each; copied
   */
  public BatchLayout withContext(int... contextWidths) {
    return new BatchLayout(userWidth, contextWidths.clone(), widths);
  }

  /** Values of the user vector. */
  public int userWidth() {
    return userWidth;
  }

  /** The number of context rows. */
  public int contexts() {
    return contextWidths.length;
  }

  /** Values of a context row. */
  public int contextWidth(int context) {
    return contextWidths[context];
  }

  /** The number of inputs with a row a hit. */
  public int inputs() {
    return widths.length;
  }

  /** Values a row of an input. */
  public int width(int input) {
    return widths[input];
  }

  /** Bytes that a batch of so many rows takes, outputs included. */
  public long bytes(long rows) {
    long floats = userWidth + rows;
    for (int width : contextWidths) {
      floats += width;
    }
    for (int width : widths) {
      floats += rows * width;
    }
    return floats * Float.BYTES;
  }
}
