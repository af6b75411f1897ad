// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.util.Arrays;

/**
 * A scorer that is {@code dotScale * <user, item> + bias + the scaled sum of all other inputs}: it
 * needs no graph, for a vector can be multiplied where it is stored.
 */
public final class DotForm {
  private final float dotScale;
  private final float bias;
  private final int item;
  private final float[][] scales;

  /**
   * A form of these numbers.
   *
   * @param item the position among the row inputs of the vector that meets the user's
   * @param scales one array an input, one number a column; that of {@code item} is not read; not
   *     copied
   */
  public DotForm(float dotScale, float bias, int item, float[][] scales) {
    this.dotScale = dotScale;
    this.bias = bias;
    this.item = item;
    this.scales = scales;
  }

  /** The position of the vector that meets the user's. */
  public int item() {
    return item;
  }

  /** What multiplies the dot product. */
  public float dotScale() {
    return dotScale;
  }

  /** What every row gets. */
  public float bias() {
    return bias;
  }

  /** The user as rows are multiplied with: scaled; [user's width]. */
  public float[] scaled(float[] user) {
    float[] scaled = new float[user.length];
    for (int i = 0; i < user.length; i++) {
      scaled[i] = dotScale * user[i];
    }
    return scaled;
  }

  /**
   * A row's output.
   *
   * @param dot of {@link #scaled} and the row's vector
   * @param batch has the row's other inputs
   */
  public float output(float dot, FeatureBatch batch, int row) {
    float sum = dot + bias;
    for (int input = 0; input < scales.length; input++) {
      if (input != item) {
        float[] columns = scales[input];
        for (int i = 0; i < columns.length; i++) {
          if (columns[i] != 0) {
            sum += columns[i] * batch.input(input).get(row * columns.length + i);
          }
        }
      }
    }
    return sum;
  }

  @Override
  public String toString() {
    return dotScale + " * <user, item> + " + bias + " + " + Arrays.deepToString(scales);
  }
}
