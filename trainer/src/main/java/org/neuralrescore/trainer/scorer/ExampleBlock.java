package org.neuralrescore.trainer.scorer;

/**
 * The first layer's inputs of some groups, a positive and its negatives each. What belongs to the
 * user is kept once a group, what belongs to the item once a row; both lie twice, by example and by
 * input: the forward pass runs along examples, the first layer's gradient along inputs.
 */
final class ExampleBlock {
  /** Rows of a block at least: long enough for vectorised loops, few enough for the cache. */
  private static final int ROWS = 128;

  private final int rank;
  private final int rowsPerGroup;
  private final int capacity;
  private final float[][] groups;
  private final float[][] groupInputs;
  private final float[][] rows;
  private final float[][] rowInputs;
  private int size;

  /**
   * Room for groups.
   *
   * @param negatives of each group
   */
  ExampleBlock(NetworkLayout layout, int negatives) {
    rank = layout.rank();
    rowsPerGroup = negatives + 1;
    capacity = (ROWS + rowsPerGroup - 1) / rowsPerGroup;
    groups = new float[capacity][rank];
    groupInputs = new float[rank][capacity];
    rows = new float[capacity * rowsPerGroup][2 * rank];
    rowInputs = new float[2 * rank][capacity * rowsPerGroup];
  }

  /**
   * Copies a group in.
   *
   * @param users row-major [. x rank]; the user's vector begins at {@code userOffset}
   * @param positives row-major [. x rank]; the positive's vector begins at {@code positiveOffset}
   * @param items row-major [items x rank]
   * @param negatives item rows
   */
  void add(
      float[] users,
      int userOffset,
      float[] positives,
      int positiveOffset,
      float[] items,
      int[] negatives) {
    float[] group = groups[size];
    System.arraycopy(users, userOffset, group, 0, rank);
    for (int f = 0; f < rank; f++) {
      groupInputs[f][size] = group[f];
    }
    int row = size * rowsPerGroup;
    addRow(row, group, positives, positiveOffset);
    for (int n = 0; n < negatives.length; n++) {
      addRow(row + 1 + n, group, items, negatives[n] * rank);
    }
    size++;
  }

  private void addRow(int row, float[] user, float[] items, int offset) {
    float[] inputs = rows[row];
    for (int f = 0; f < rank; f++) {
      float value = items[offset + f];
      float product = user[f] * value;
      inputs[f] = value;
      inputs[rank + f] = product;
      rowInputs[f][row] = value;
      rowInputs[rank + f][row] = product;
    }
  }

  /** Forgets the groups. */
  void clear() {
    size = 0;
  }

  boolean isFull() {
    return size == capacity;
  }

  /** Groups in it. */
  int groupCount() {
    return size;
  }

  /** Rows in it, a group's behind each other, its positive first. */
  int rowCount() {
    return size * rowsPerGroup;
  }

  /** Rows of a group. */
  int rowsPerGroup() {
    return rowsPerGroup;
  }

  /** Groups that it has room for. */
  int groupCapacity() {
    return capacity;
  }

  /** Rows that it has room for. */
  int rowCapacity() {
    return rows.length;
  }

  /** User vectors, [groups][rank]. */
  float[][] groups() {
    return groups;
  }

  /** User vectors, [rank][groups]. */
  float[][] groupInputs() {
    return groupInputs;
  }

  /** Item, then user times item: [rows][2 rank]. */
  float[][] rows() {
    return rows;
  }

  /** Item, then user times item: [2 rank][rows]. */
  float[][] rowInputs() {
    return rowInputs;
  }
}
