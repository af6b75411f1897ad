// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

/** A fully connected layer {@code y = x W + b}. */
public final class Layer {
  private final int in;
  private final int out;
  private final float[] weights;
  private final float[] bias;

  /**
   * @param in inputs
   * @param out outputs
   * @param weights W, row-major [in x out], so that one input's weights are contiguous and the
   *     forward pass is a sum of scaled rows; not copied
   * @param bias b, [out]; not copied
   */
  public Layer(int in, int out, float[] weights, float[] bias) {
    if (weights.length != in * out || bias.length != out) {
      throw new IllegalArgumentException(
          "layer expects ["
              + in
              + " x "
              + out
              + "] weights and ["
              + out
              + "] biases, got "
              + weights.length
              + " and "
              + bias.length);
    }
    this.in = in;
    this.out = out;
    this.weights = weights;
    this.bias = bias;
  }

  /** Inputs. */
  public int in() {
    return in;
  }

  /** Outputs. */
  public int out() {
    return out;
  }

  /** W, row-major [in x out], not a copy. */
  public float[] weights() {
    return weights;
  }

  /** b, [out], not a copy. */
  public float[] bias() {
    return bias;
  }
}
