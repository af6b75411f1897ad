// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ItemFeatures;

/**
 * What columns are shifted and divided by before a network sees them; finished weights take it back
 * in, so that documents and requests carry plain values. Numbers get mean 0 and deviation 1;
 * vectors, mostly sparse, are divided by the root mean square of what is not zero, as factors are,
 * so that no content stays no input.
 */
final class InputScaling {
  private final float[] shift;
  private final float[] divisor;

  private InputScaling(int width) {
    shift = new float[width];
    divisor = new float[width];
  }

  /** Of served items. */
  static InputScaling of(ItemFeatures features) {
    InputScaling scaling = new InputScaling(features.width());
    int at = 0;
    for (FeatureBlock block : features.blocks()) {
      switch (block.kind()) {
        case NUMBER -> scaling.standardise(features.rows(), at);
        case VECTOR -> scaling.divide(features.rows(), at, block.width());
      }
      at += block.width();
    }
    return scaling;
  }

  /**
   * Of columns that keep their zero: each is divided by the root mean square of what is not zero.
   *
   * @param rows row-major [. x width]
   */
  static InputScaling ofColumns(float[] rows, int width) {
    InputScaling scaling = new InputScaling(width);
    for (int column = 0; column < width; column++) {
      scaling.divide(rows, column, 1);
    }
    return scaling;
  }

  private void standardise(float[] rows, int column) {
    int count = rows.length / shift.length;
    double sum = 0;
    for (int row = 0; row < count; row++) {
      sum += rows[row * shift.length + column];
    }
    double mean = count == 0 ? 0 : sum / count;
    double squares = 0;
    for (int row = 0; row < count; row++) {
      double difference = rows[row * shift.length + column] - mean;
      squares += difference * difference;
    }
    shift[column] = (float) mean;
    divisor[column] = squares == 0 ? 1f : (float) Math.sqrt(squares / count);
  }

  private void divide(float[] rows, int from, int columns) {
    double squares = 0;
    int count = 0;
    for (int row = 0; row < rows.length; row += shift.length) {
      for (int column = from; column < from + columns; column++) {
        double value = rows[row + column];
        squares += value * value;
        count += value == 0 ? 0 : 1;
      }
    }
    float rms = squares == 0 ? 1f : (float) Math.sqrt(squares / count);
    for (int column = from; column < from + columns; column++) {
      divisor[column] = rms;
    }
  }

  /** The number of columns. */
  int width() {
    return shift.length;
  }

  /** What is taken from a column. */
  float shift(int column) {
    return shift[column];
  }

  /** What a column is then divided by. */
  float divisor(int column) {
    return divisor[column];
  }

  /** Scales one row in place. */
  void apply(float[] rows, int offset) {
    for (int column = 0; column < shift.length; column++) {
      rows[offset + column] = (rows[offset + column] - shift[column]) / divisor[column];
    }
  }
}
