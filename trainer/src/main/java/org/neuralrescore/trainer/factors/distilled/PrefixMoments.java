// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/**
 * Sums over the prefixes of histories that make their Gram matrix a matter of pairs. The prefix of
 * position p holds what its user touched up to p's {@linkplain Histories#moment moment}, without p:
 * what happened in one moment has no order, so each sees the others. An item i of a prefix weighs
 * {@code x_p(i) = v_i (f + (1 - f) d^(r_p - t_i))}, where the age counts from the prefix's newest
 * time {@code r_p}, as in {@link HistoryWeighting}. A product of two such weights is a sum of
 * powers of d, and of those only sums over the later prefixes are needed: a user of n interactions
 * takes n^2 operations and not n^3.
 */
public final class PrefixMoments {
  /** A level below that is not divided by. */
  private static final double LEAST_LEVEL = 1e-280;

  private final Histories histories;
  private final HistoryWeighting weighting;

  /** By position: r_p, the newest time before it or beside it; its own where there is none. */
  private final long[] newest;

  /**
   * By position, of the prefixes that hold it as their last: {@code sum f^2 + f (1 - f) d} and
   * {@code sum f (1 - f) d + (1 - f)^2 d^2}, d what is left of it at each.
   */
  private final double[] staying;

  private final double[] fading;

  /** By position: what is left of it at the end of the history, and one by that; 0: too little. */
  private final double[] level;

  private final double[] inverse;

  /** By position: what it weighs by itself. */
  private final double[] values;

  public PrefixMoments(Histories histories, HistoryWeighting weighting) {
    this.histories = histories;
    this.weighting = weighting;
    int size = histories.size();
    newest = new long[size];
    staying = new double[size];
    fading = new double[size];
    level = new double[size];
    inverse = new double[size];
    values = new double[size];
    for (int u = 0; u < histories.userCount(); u++) {
      gather(histories.start(u), histories.end(u));
    }
  }

  private void gather(int from, int until) {
    double floor = weighting.floor();
    double rest = 1 - floor;
    double count = 0;
    double decay = 0;
    double square = 0;
    int end = until;
    while (end > from) {
      int start = end - 1;
      while (start > from && histories.moment(start - 1) == histories.moment(end - 1)) {
        start--;
      }
      int n = end - start;
      double beside = n - 1.0;
      double mixed = floor * rest * (decay + beside);
      Arrays.fill(staying, start, end, floor * floor * (count + beside) + mixed);
      Arrays.fill(fading, start, end, mixed + rest * rest * (square + beside));
      long now = histories.time(start);
      double left = weighting.decay(histories.time(until - 1) - now);
      Arrays.fill(level, start, end, left);
      Arrays.fill(inverse, start, end, left < LEAST_LEVEL ? 0 : 1 / left);
      for (int p = start; p < end; p++) {
        values[p] = weighting.values().of(histories, p);
      }
      long before = start > from ? histories.time(start - 1) : now;
      long seen = n > 1 ? now : before;
      Arrays.fill(newest, start, end, seen);
      double passed = weighting.decay(now - before);
      double own = n * weighting.decay(seen - before);
      count += n;
      decay = decay * passed + own;
      square = square * passed * passed + own * weighting.decay(seen - before);
      end = start;
    }
  }

  /** Whether the prefix of {@code target} holds {@code position}, both of one user. */
  public boolean holds(int target, int position) {
    return position != target && histories.moment(position) <= histories.moment(target);
  }

  /** {@code x_target(position)}, where {@link #holds} says so. */
  public double weight(int target, int position) {
    return weighting.weight(histories, position, newest[target]);
  }

  /** {@code sum_p x_p(a) x_p(b)} over all prefixes of a user that hold both; {@code a} may be b. */
  public double product(int a, int b) {
    long momentA = histories.moment(a);
    long momentB = histories.moment(b);
    int last = momentA > momentB ? a : b;
    int first = last == a ? b : a;
    double sum = staying[last] + fading[last] * left(first, last);
    if (momentA == momentB && a != b) {
      // Of one moment: neither's own prefix holds both, and there both weigh in full.
      sum -= 1;
    }
    return sum * values[a] * values[b];
  }

  /** What is left of the earlier of two when the later comes. */
  private double left(int first, int last) {
    return inverse[last] > 0
        ? level[first] * inverse[last]
        : weighting.decay(histories.time(last) - histories.time(first));
  }
}
