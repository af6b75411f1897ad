package org.neuralrescore.trainer.scorer;

/**
 * The first layer's inputs of some groups, a positive and its negatives each. What belongs to the
 * user or the request is kept once a group, what belongs to the item once a row; both lie twice, by
 * example and by input: the forward pass runs along examples, the first layer's gradient along
 * inputs.
 */
final class ExampleBlock {
  /** Rows of a block at least: long enough for vectorised loops, few enough for the cache. */
  private static final int ROWS = 128;

  private final int rank;
  private final int featureWidth;
  private final int contextWidth;
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
    featureWidth = layout.featureWidth();
    contextWidth = layout.contextWidth();
    rowsPerGroup = negatives + 1;
    capacity = (ROWS + rowsPerGroup - 1) / rowsPerGroup;
    int groupWidth = rank + contextWidth;
    groups = new float[capacity][groupWidth];
    groupInputs = new float[groupWidth][capacity];
    int rowWidth = 2 * rank + featureWidth;
    rows = new float[capacity * rowsPerGroup][rowWidth];
    rowInputs = new float[rowWidth][capacity * rowsPerGroup];
  }

  /**
   * Copies a group in.
   *
   * @param users row-major [. x rank]; the user's vector begins at {@code userOffset}
   * @param positives row-major [. x rank]; the positive's vector begins at {@code positiveOffset}
   * @param items row-major [items x rank]
   * @param negatives item rows
   * @param features row-major [1 + negatives x f], the positive's row first
   * @param context row-major [. x c]; the example's row begins at {@code contextOffset}
   */
  void add(
      float[] users,
      int userOffset,
      float[] positives,
      int positiveOffset,
      float[] items,
      int[] negatives,
      float[] features,
      float[] context,
      int contextOffset) {
    float[] group = groups[size];
    System.arraycopy(users, userOffset, group, 0, rank);
    System.arraycopy(context, contextOffset, group, rank, contextWidth);
    for (int i = 0; i < group.length; i++) {
      groupInputs[i][size] = group[i];
    }
    int row = size * rowsPerGroup;
    addRow(row, group, positives, positiveOffset, features, 0);
    for (int n = 0; n < negatives.length; n++) {
      addRow(row + 1 + n, group, items, negatives[n] * rank, features, (n + 1) * featureWidth);
    }
    size++;
  }

  private void addRow(
      int row, float[] user, float[] items, int offset, float[] features, int featureOffset) {
    float[] inputs = rows[row];
    for (int f = 0; f < rank; f++) {
      float value = items[offset + f];
      float product = user[f] * value;
      inputs[f] = value;
      inputs[rank + f] = product;
      rowInputs[f][row] = value;
      rowInputs[rank + f][row] = product;
    }
    for (int f = 0; f < featureWidth; f++) {
      float value = features[featureOffset + f];
      inputs[2 * rank + f] = value;
      rowInputs[2 * rank + f][row] = value;
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

  /** User, then context: [groups][rank + c]. */
  float[][] groups() {
    return groups;
  }

  /** User, then context: [rank + c][groups]. */
  float[][] groupInputs() {
    return groupInputs;
  }

  /** Item, user times item, features: [rows][2 rank + f]. */
  float[][] rows() {
    return rows;
  }

  /** Item, user times item, features: [2 rank + f][rows]. */
  float[][] rowInputs() {
    return rowInputs;
  }
}
