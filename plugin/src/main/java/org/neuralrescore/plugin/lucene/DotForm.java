// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.util.Arrays;

/**
 * A scorer that is {@code dotScale * <user, item> + bias + the scaled sum of all other inputs}: it
 * needs no graph, for a vector can be multiplied where it is stored. What stands beside the dot
 * product is summed in double: a date in milliseconds and a bias may be large and nearly cancel.
 */
public final class DotForm {
  private final float dotScale;
  private final double bias;
  private final int item;
  private final double[][] scales;

  /**
   * A form of these numbers.
   *
   * @param item the position among the row inputs of the vector that meets the user's
   * @param scales one array an input, one number a column; that of {@code item} is not read; not
   *     copied
   */
  public DotForm(float dotScale, double bias, int item, double[][] scales) {
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
  public double bias() {
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
    double sum = dot + bias;
    for (int input = 0; input < scales.length; input++) {
      if (input != item) {
        double[] columns = scales[input];
        for (int i = 0; i < columns.length; i++) {
          if (columns[i] != 0) {
            sum += columns[i] * batch.input(input).get(row * columns.length + i);
          }
        }
      }
    }
    return (float) sum;
  }

  @Override
  public String toString() {
    return dotScale + " * <user, item> + " + bias + " + " + Arrays.deepToString(scales);
  }
}
