package org.neuralrescore.trainer.factors.distilled;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/**
 * Sums over the prefixes of histories that make their Gram matrix a matter of pairs. The prefix of
 * position p holds what its user touched up to p's time, without p: what happened in one moment has
 * no order, so each sees the others. An item i of a prefix weighs {@code x_p(i) = v_i (f + (1 - f)
 * d^(r_p - t_i))}, where the age counts from the prefix's newest time {@code r_p}, as in {@link
 * HistoryWeighting}. A product of two such weights is a sum of powers of d, and of those only sums
 * over the later prefixes are needed: a user of n interactions takes n^2 operations and not n^3.
 */
public final class PrefixMoments {
  private final Histories histories;
  private final HistoryWeighting weighting;
  private final double floor;

  /** By position: how many share its moment. */
  private final int[] together;

  /** By position: r_p, the newest time before it or beside it; its own where there is none. */
  private final long[] newest;

  /** By position, over the prefixes of later moments: how many, and what is left since then. */
  private final double[] later;

  private final double[] laterDecay;
  private final double[] laterSquare;

  public PrefixMoments(Histories histories, HistoryWeighting weighting) {
    this.histories = histories;
    this.weighting = weighting;
    floor = weighting.floor();
    int size = histories.size();
    together = new int[size];
    newest = new long[size];
    later = new double[size];
    laterDecay = new double[size];
    laterSquare = new double[size];
    for (int u = 0; u < histories.userCount(); u++) {
      gather(histories.start(u), histories.end(u));
    }
  }

  private void gather(int from, int until) {
    double count = 0;
    double decay = 0;
    double square = 0;
    int end = until;
    while (end > from) {
      int start = end - 1;
      while (start > from && histories.time(start - 1) == histories.time(end - 1)) {
        start--;
      }
      int n = end - start;
      Arrays.fill(together, start, end, n);
      Arrays.fill(later, start, end, count);
      Arrays.fill(laterDecay, start, end, decay);
      Arrays.fill(laterSquare, start, end, square);
      long now = histories.time(start);
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
    return position != target && histories.time(position) <= histories.time(target);
  }

  /** {@code x_target(position)}, where {@link #holds} says so. */
  public double weight(int target, int position) {
    return weighting.weight(histories, position, newest[target]);
  }

  /** {@code sum_p x_p(a) x_p(b)} over all prefixes of a user that hold both; {@code a} may be b. */
  public double product(int a, int b) {
    int last = histories.time(a) > histories.time(b) ? a : b;
    int first = last == a ? b : a;
    boolean oneMoment = histories.time(a) == histories.time(b);
    double old = weighting.decay(histories.time(last) - histories.time(first));
    double beside = together[last] - (a == b || !oneMoment ? 1 : 2);
    double rest = 1 - floor;
    double sum =
        floor * floor * (later[last] + beside)
            + floor * rest * (1 + old) * (laterDecay[last] + beside)
            + rest * rest * old * (laterSquare[last] + beside);
    return sum * weighting.values().of(histories, a) * weighting.values().of(histories, b);
  }
}
