package org.neuralrescore.plugin.lucene;

/** The widths of a batch: the user's, and those of the inputs with a row a hit, in order. */
public final class BatchLayout {
  private final int userWidth;
  private final int[] widths;

  /**
   * A layout of these widths.
   *
   * @param userWidth values of the user vector
   * @param widths values a row of each input; copied
   */
  public BatchLayout(int userWidth, int... widths) {
    this.userWidth = userWidth;
    this.widths = widths.clone();
  }

  /** Values of the user vector. */
  public int userWidth() {
    return userWidth;
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
    for (int width : widths) {
      floats += rows * width;
    }
    return floats * Float.BYTES;
  }
}
