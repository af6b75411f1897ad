// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Ordinals of items with a weight each, as documents keep them: n 32-bit ordinals, rising, then n
 * float32 weights, little-endian, nothing else. The neighbours of an item and the history of a user
 * are both such lists.
 */
public final class NeighbourList {
  /** The most pairs of a list: what a hit's neighbours or a history may be. */
  public static final int MAX_PAIRS = 1_024;

  private static final int PAIR = Integer.BYTES + Float.BYTES;

  private final int[] ordinals;
  private final float[] weights;

  private NeighbourList(int[] ordinals, float[] weights) {
    this.ordinals = ordinals;
    this.weights = weights;
  }

  /**
   * A list of these pairs.
   *
   * @throws InvalidBundleException naming the rule that they break
   */
  public static NeighbourList of(int[] ordinals, float[] weights) {
    if (ordinals.length != weights.length || ordinals.length > MAX_PAIRS) {
      throw new InvalidBundleException(
          "a neighbour list expects at most "
              + MAX_PAIRS
              + " ordinals with a weight each, got "
              + ordinals.length
              + " and "
              + weights.length);
    }
    int before = -1;
    for (int i = 0; i < ordinals.length; i++) {
      if (ordinals[i] <= before) {
        throw new InvalidBundleException(
            "a neighbour list expects rising ordinals from 0, got " + ordinals[i] + " at " + i);
      }
      if (!Float.isFinite(weights[i])) {
        throw new InvalidBundleException(
            "a neighbour list expects finite weights, got " + weights[i] + " at " + i);
      }
      before = ordinals[i];
    }
    return new NeighbourList(ordinals, weights);
  }

  /**
   * Reads a document's bytes.
   *
   * @throws InvalidBundleException where they are no such list
   */
  public static NeighbourList read(byte[] bytes) {
    int n = pairs(bytes.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int[] ordinals = new int[n];
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      ordinals[i] = buffer.getInt();
    }
    for (int i = 0; i < n; i++) {
      weights[i] = buffer.getFloat();
    }
    return of(ordinals, weights);
  }

  /**
   * How many pairs so many bytes hold.
   *
   * @throws InvalidBundleException where that is no number of pairs
   */
  public static int pairs(int bytes) {
    if (bytes % PAIR != 0 || bytes > MAX_PAIRS * PAIR) {
      throw new InvalidBundleException(
          "a neighbour list expects "
              + PAIR
              + " bytes a pair, at most "
              + MAX_PAIRS
              + " pairs, got "
              + bytes
              + " bytes");
    }
    return bytes / PAIR;
  }

  /** The bytes of a document. */
  public byte[] write() {
    ByteBuffer buffer = ByteBuffer.allocate(ordinals.length * PAIR).order(ByteOrder.LITTLE_ENDIAN);
    for (int ordinal : ordinals) {
      buffer.putInt(ordinal);
    }
    for (float weight : weights) {
      buffer.putFloat(weight);
    }
    return buffer.array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeighbourList list
        && Arrays.equals(ordinals, list.ordinals)
        && Arrays.equals(weights, list.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ordinals) + Arrays.hashCode(weights);
  }

  /** What a user touched is personal: the length only. */
  @Override
  public String toString() {
    return "NeighbourList[" + ordinals.length + "]";
  }

  /** Pairs. */
  public int size() {
    return ordinals.length;
  }

  /** The ordinal at a place. */
  public int ordinal(int place) {
    return ordinals[place];
  }

  /** Its weight. */
  public float weight(int place) {
    return weights[place];
  }
}
