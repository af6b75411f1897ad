// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.math;

import java.util.SplittableRandom;

/**
 * Streams of random numbers of one seed, by number: {@code mix(mix(seed) + number)} begins each.
 * The n-th value of a {@link SplittableRandom} is a hash of {@code start + n gamma}, so starts that
 * lie a multiple of its gamma apart are one stream, shifted; hashed starts lie anywhere.
 */
public final class RandomStreams {
  private RandomStreams() {}

  /** The stream of a number, the same for the same seed. */
  public static SplittableRandom of(long seed, long number) {
    return new SplittableRandom(mix(mix(seed) + number));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  public static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
