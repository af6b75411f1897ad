// SPDX-License-Identifier: Apache-2.0
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
  private final int recentWidth;
  private final int rowsPerGroup;
  private final int capacity;
  private final float[][] groups;
  private final float[][] groupInputs;
  private final float[][] rows;
  private final float[][] rowInputs;
  private final float[] wides;
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
    recentWidth = layout.recentWidth();
    rowsPerGroup = negatives + 1;
    capacity = (ROWS + rowsPerGroup - 1) / rowsPerGroup;
    int groupWidth = rank + contextWidth + recentWidth;
    groups = new float[capacity][groupWidth];
    groupInputs = new float[groupWidth][capacity];
    int rowWidth = 2 * rank + featureWidth + recentWidth;
    rows = new float[capacity * rowsPerGroup][rowWidth];
    rowInputs = new float[rowWidth][capacity * rowsPerGroup];
    wides = new float[rows.length];
  }

  /**
   * Copies a group in.
   *
   * @param example which of the examples
   * @param negatives item rows
   * @param features row-major [1 + negatives x f], the positive's row first
   * @param told t of the same rows; zeros for a scorer that does not read it
   */
  void add(ScaledExamples examples, int example, int[] negatives, float[] features, float[] told) {
    float[] group = groups[size];
    System.arraycopy(examples.users, example * rank, group, 0, rank);
    System.arraycopy(examples.contexts, example * contextWidth, group, rank, contextWidth);
    System.arraycopy(
        examples.recents, example * recentWidth, group, rank + contextWidth, recentWidth);
    for (int i = 0; i < group.length; i++) {
      groupInputs[i][size] = group[i];
    }
    int row = size * rowsPerGroup;
    System.arraycopy(told, 0, wides, row, rowsPerGroup);
    addRow(row, group, examples.positives, example * rank, features, 0);
    for (int n = 0; n < negatives.length; n++) {
      addRow(
          row + 1 + n,
          group,
          examples.items,
          negatives[n] * rank,
          features,
          (n + 1) * featureWidth);
    }
    size++;
  }

  private void addRow(
      int row, float[] group, float[] items, int offset, float[] features, int featureOffset) {
    float[] inputs = rows[row];
    for (int f = 0; f < rank; f++) {
      float value = items[offset + f];
      float product = group[f] * value;
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
    int products = 2 * rank + featureWidth;
    for (int f = 0; f < recentWidth; f++) {
      float product = group[rank + contextWidth + f] * items[offset + f];
      inputs[products + f] = product;
      rowInputs[products + f][row] = product;
    }
  }

  /** t of every row, [rows]. */
  float[] wides() {
    return wides;
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

  /** User, context, recent: [groups][rank + c + k or 0]. */
  float[][] groups() {
    return groups;
  }

  /** User, context, recent: [rank + c + k or 0][groups]. */
  float[][] groupInputs() {
    return groupInputs;
  }

  /** Item, user times item, features, recent times item: [rows][2 rank + f + k or 0]. */
  float[][] rows() {
    return rows;
  }

  /** Item, user times item, features, recent times item: [2 rank + f + k or 0][rows]. */
  float[][] rowInputs() {
    return rowInputs;
  }
}
