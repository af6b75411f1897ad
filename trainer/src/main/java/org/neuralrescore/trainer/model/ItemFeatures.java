// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.Arrays;
import java.util.List;

/**
 * One feature row an item, as it is served: blocks beside each other, row-major float32. A row of
 * zeros is an item of which nothing is known, and what a document without the fields is served as.
 */
public final class ItemFeatures {
  private final List<FeatureBlock> blocks;
  private final int items;
  private final int width;
  private final float[] rows;

  /**
   * Takes rows.
   *
   * @param blocks in the order of a row's columns
   * @param items the number of rows
   * @param rows row-major [items x f], finite; not copied
   */
  public ItemFeatures(List<FeatureBlock> blocks, int items, float[] rows) {
    this.blocks = List.copyOf(blocks);
    this.items = items;
    this.width = ScorerInputs.ofFeatures(blocks).featureWidth();
    this.rows = rows;
    if (rows.length != (long) items * width) {
      throw new IllegalArgumentException(
          "item features expect " + items + " x " + width + " values, got " + rows.length);
    }
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isFinite(rows[i])) {
        throw new IllegalArgumentException(
            "item features row " + i / width + " column " + i % width + " is " + rows[i]);
      }
    }
  }

  /** No features of this many items. */
  public static ItemFeatures none(int items) {
    return new ItemFeatures(List.of(), items, new float[0]);
  }

  /** The blocks, in the order of a row's columns. */
  public List<FeatureBlock> blocks() {
    return blocks;
  }

  /** The number of items. */
  public int items() {
    return items;
  }

  /** f, the length of a row. */
  public int width() {
    return width;
  }

  /** Row-major [items x f], not a copy: readers must not write. */
  public float[] rows() {
    return rows;
  }

  /** The first column of a block. */
  public int column(FeatureBlock block) {
    int at = 0;
    for (FeatureBlock one : blocks) {
      if (one.equals(block)) {
        return at;
      }
      at += one.width();
    }
    throw new IllegalArgumentException("no feature block " + block + " in " + blocks);
  }

  /** An item's values of one block, new. */
  public float[] values(int item, FeatureBlock block) {
    int from = item * width + column(block);
    return Arrays.copyOfRange(rows, from, from + block.width());
  }

  /**
   * What a scorer reads of these: all where it reads features, else nothing.
   *
   * @throws IllegalArgumentException where it reads others
   */
  public ItemFeatures readBy(ScorerWeights scorer) {
    if (scorer.inputs().features().isEmpty()) {
      return blocks.isEmpty() ? this : none(items);
    }
    if (!scorer.inputs().features().equals(blocks)) {
      throw new IllegalArgumentException(
          "a scorer of " + scorer.inputs().features() + " got item features of " + blocks);
    }
    return this;
  }
}
