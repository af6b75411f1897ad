// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import org.neuralrescore.bundle.ScoreTransform;

/**
 * The final score of a hit: {@code (1 - weight) * first pass + weight * transform(output)}, held
 * where its order cannot be lost. A search merges the hits of its shards by nothing but this float,
 * so every float that comes out of here has to sort as what it stands for, on every shard alike.
 * Bands of positive floats that do not meet:
 *
 * <table border="1">
 * <caption>Bands, the highest first</caption>
 * <tr><th>final score</th><th>what</th></tr>
 * <tr><td>from 2^-40</td><td>rescored: the sum itself</td></tr>
 * <tr><td>2^-50 to 2^-40</td><td>rescored, a sum below 2^-40, or negative: squeezed into the band,
 * order kept ({@link #squeezed})</td></tr>
 * <tr><td>below 2^-50</td><td>not rescored, for it is beyond the window or its shard's model
 * failed: the first pass squeezed into the band, order kept ({@link #other})</td></tr>
 * </table>
 *
 * <p>What squeezing costs is mantissa bits. Of a first pass it keeps all 24 from 2^-8 to 2^44
 * (BM25, boosts, dates in milliseconds), 21 from 2^44 to 2^64 and from 2^-50 to 2^-8, 18 or more
 * elsewhere. A rescorer behind another one gets scores of all three bands and squeezes them by the
 * same map: what the first rescored stays above what it did not, and that keeps 22 bits of an
 * ordinary first pass. Of a sum it keeps 19 bits from 2^-100 to 2^-40 (an output of softplus or
 * sigmoid to about -69), 22 from -2^12 to -2^-12, and 11 or more elsewhere.
 *
 * <p>Scores are equal where floats cannot tell; hits of one shard that have equal scores keep the
 * first pass' order.
 *
 * @param weight 0 is the first pass, 1 the model alone
 * @param transform makes a positive score of an output; see {@link TransformTails} for its ends
 */
public record Combination(float weight, ScoreTransform transform) {
  /** The lowest score that is the sum itself. */
  public static final float LOWEST_PLAIN = 0x1p-40f;

  /** The lowest score of a rescored hit; every other hit is below. */
  public static final float LOWEST_RESCORED = 0x1p-50f;

  /** Sums below {@link #LOWEST_PLAIN}, as doubles, to bits of floats. */
  private static final OrderedSqueeze SUMS =
      new OrderedSqueeze(
          Float.floatToRawIntBits(LOWEST_RESCORED),
          Float.floatToRawIntBits(LOWEST_PLAIN),
          new long[][] {
            {ordered(-0x1p128), 39},
            {ordered(-0x1p12), 31},
            {ordered(-0x1p-12), 39},
            {ordered(0), 42},
            {ordered(0x1p-300), 38},
            {ordered(0x1p-100), 34},
          },
          ordered(LOWEST_PLAIN) - 1);

  /** First passes, as bits of floats, to bits of floats. */
  private static final OrderedSqueeze FIRST_PASSES =
      new OrderedSqueeze(
          Float.floatToRawIntBits(Float.MIN_NORMAL),
          Float.floatToRawIntBits(LOWEST_RESCORED),
          new long[][] {
            {0, 6},
            {Float.floatToRawIntBits(Float.MIN_NORMAL), 4},
            // What a first pass from 2^-8 to 2^44 became in a rescorer before this one.
            {Float.floatToRawIntBits(0x1p-107f), 2},
            {Float.floatToRawIntBits(0x1p-54f), 4},
            {Float.floatToRawIntBits(LOWEST_RESCORED), 3},
            {Float.floatToRawIntBits(0x1p-8f), 0},
            {Float.floatToRawIntBits(0x1p44f), 3},
            {Float.floatToRawIntBits(0x1p64f), 6},
          },
          Float.floatToRawIntBits(Float.POSITIVE_INFINITY));

  public Combination {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight expects a number from 0 to 1, got " + weight);
    }
  }

  /**
   * The score of a rescored hit: {@link #squeezed} of the {@link #sum}.
   *
   * @param firstPass the query's score
   * @param output the graph's raw output
   * @throws ScoringException where one of them is no finite number
   */
  public float rescored(float firstPass, float output) {
    return squeezed(sum(firstPass, output));
  }

  /**
   * The score before it is squeezed. Rises with the output wherever doubles can tell.
   *
   * @throws ScoringException where an operand is no finite number
   */
  double sum(float firstPass, float output) {
    if (!Float.isFinite(output)) {
      throw new ScoringException("the model gave an output that is no finite number");
    }
    if (weight != 1 && !Float.isFinite(firstPass)) {
      throw new ScoringException("the first pass gave a score that is no finite number");
    }
    return mixed(firstPass, TransformTails.apply(transform, output));
  }

  /** The {@link #sum} of a first pass that is finite and of what the transform gave. */
  double mixed(float firstPass, double model) {
    // A first pass that is no finite number must not get through as 0 * infinity.
    return weight == 1 ? model : (1 - (double) weight) * firstPass + weight * model;
  }

  /** A sum as a positive float: itself from {@link #LOWEST_PLAIN} on, else in the band below. */
  static float squeezed(double sum) {
    if (sum >= LOWEST_PLAIN) {
      return (float) Math.min(sum, Float.MAX_VALUE);
    }
    return Float.intBitsToFloat((int) SUMS.apply(ordered(sum)));
  }

  /** The score of a hit that was not rescored: the first pass' order in the lowest band. */
  public static float other(float firstPass) {
    if (!(firstPass > 0)) {
      return Float.MIN_NORMAL;
    }
    return Float.intBitsToFloat((int) FIRST_PASSES.apply(Float.floatToRawIntBits(firstPass)));
  }

  /** A whole number that sorts as the double does; both zeros are 0. */
  private static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
