// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.math.RandomStreams;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.softmax.ShownItems;

/**
 * Hides a part of a session: each item by chance, at least one, and never the last thing there is
 * to see. What is shown weighs by its age at the newest thing shown, as in serving, and by how
 * often its item was touched; the square root of the weights' sum is divided by, which steadies the
 * softmax and changes no user's ranking.
 */
final class Masking {
  private final Histories histories;
  private final Sessions sessions;
  private final HistoryWeighting weighting;
  private final double chance;
  private final float[] evidenceWeights;
  private final long seed;

  /**
   * @param evidenceWeights what an item's evidence is multiplied by, [items]; not copied
   */
  Masking(Histories histories, Sessions sessions, SessionOptions options, float[] evidenceWeights) {
    this.histories = histories;
    this.sessions = sessions;
    this.weighting = options.weighting();
    this.chance = options.mask();
    this.evidenceWeights = evidenceWeights;
    this.seed = options.seed();
  }

  /** A session's part of an epoch; the same for the same seed, epoch and session. */
  MaskedSession draw(int epoch, int session) {
    int first = histories.start(sessions.user(session));
    int start = sessions.start(session);
    int end = sessions.end(session);
    boolean[] mask =
        mask(RandomStreams.of(seed, stream(epoch, session)), end - start, first < start);
    int hiddenCount = 0;
    for (boolean hide : mask) {
      hiddenCount += hide ? 1 : 0;
    }
    int[] hidden = new int[hiddenCount];
    int[] seen = new int[end - first - hiddenCount];
    int[] positions = new int[seen.length];
    int h = 0;
    int s = 0;
    for (int p = first; p < end; p++) {
      if (p >= start && mask[p - start]) {
        hidden[h++] = histories.item(p);
      } else {
        positions[s] = p;
        seen[s++] = histories.item(p);
      }
    }
    return new MaskedSession(new ShownItems(seen, weights(positions, seen)), hidden);
  }

  private boolean[] mask(SplittableRandom random, int length, boolean past) {
    boolean[] mask = new boolean[length];
    int hidden = 0;
    for (int i = 0; i < length; i++) {
      mask[i] = random.nextDouble() < chance;
      hidden += mask[i] ? 1 : 0;
    }
    if (hidden == 0) {
      mask[random.nextInt(length)] = true;
    } else if (hidden == length && !past) {
      mask[random.nextInt(length)] = false;
    }
    return mask;
  }

  private float[] weights(int[] positions, int[] seen) {
    float[] weights = new float[seen.length];
    long now = histories.time(positions[positions.length - 1]);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weighting.weight(histories, positions[i], now) * evidenceWeights[seen[i]];
      sum += weights[i];
    }
    float scale = (float) (1 / Math.sqrt(sum));
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= scale;
    }
    return weights;
  }

  private static long stream(int epoch, int session) {
    return (long) epoch << 32 | session;
  }
}
