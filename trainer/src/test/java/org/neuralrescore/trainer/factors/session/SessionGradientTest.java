// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.factors.softmax.EvidenceSide;
import org.neuralrescore.trainer.factors.softmax.EvidenceSign;
import org.neuralrescore.trainer.factors.softmax.OfferSide;
import org.neuralrescore.trainer.factors.softmax.ShownItems;
import org.neuralrescore.trainer.factors.softmax.SoftmaxBatch;

/** The gradients in float against finite differences of the loss as it is defined, in double. */
class SessionGradientTest {
  /** More than one block of items, and no multiple of what the kernels take at once. */
  private static final int ITEMS = 301;

  private static final int RANK = 11;
  private static final int SESSIONS = 13;
  private static final double STEP = 1e-5;

  private final SplittableRandom random = new SplittableRandom(8);
  private final MaskedSession[] sessions = sessions();
  private final double[][] v = new double[ITEMS][RANK];
  private final double[][] u = new double[ITEMS][RANK];

  private MaskedSession[] sessions() {
    MaskedSession[] made = new MaskedSession[SESSIONS];
    for (int b = 0; b < SESSIONS; b++) {
      int[] seen = random.ints(1 + b % 5, 0, ITEMS).toArray();
      float[] weights = new float[seen.length];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 0.2f + (float) random.nextDouble();
      }
      made[b] =
          new MaskedSession(
              new ShownItems(seen, weights), random.ints(1 + b % 3, 0, ITEMS).toArray());
    }
    return made;
  }

  private double loss() {
    double loss = 0;
    double total = 0;
    for (MaskedSession session : sessions) {
      double[] x = new double[RANK];
      for (int i = 0; i < session.shown().items().length; i++) {
        for (int f = 0; f < RANK; f++) {
          x[f] += session.shown().weights()[i] * u[session.shown().items()[i]][f];
        }
      }
      double[] logits = new double[ITEMS];
      double sum = 0;
      for (int j = 0; j < ITEMS; j++) {
        for (int f = 0; f < RANK; f++) {
          logits[j] += x[f] * v[j][f];
        }
        sum += Math.exp(logits[j]);
      }
      double weight = 1 / Math.sqrt(session.hidden().length);
      for (int item : session.hidden()) {
        loss += weight * (Math.log(sum) - logits[item]);
        total += weight;
      }
    }
    return loss / total;
  }

  private double difference(double[] row, int factor) {
    double at = row[factor];
    row[factor] = at + STEP;
    double above = loss();
    row[factor] = at - STEP;
    double below = loss();
    row[factor] = at;
    return (above - below) / (2 * STEP);
  }

  @Test
  void gradients_ofBothSides_areThoseOfTheLoss() {
    try (Workers workers = new Workers(2)) {
      OfferSide offers = new OfferSide(ITEMS, RANK, 16, 0.999f, workers);
      offers.start(random.split());
      EvidenceSide evidence = new EvidenceSide(ITEMS, RANK, 0.999f, EvidenceSign.POSITIVE, workers);
      evidence.start(0.1, random.split());
      for (int i = 0; i < ITEMS; i++) {
        for (int f = 0; f < RANK; f++) {
          offers.set(i, f, 20 * offers.get(i, f));
          evidence.row(i)[f] *= 10;
          v[i][f] = offers.get(i, f);
          u[i][f] = evidence.row(i)[f];
        }
      }
      HiddenTargets targets = new HiddenTargets(16);
      SoftmaxBatch batch = new SoftmaxBatch(16, RANK, targets);
      ShownItems[] shown = new ShownItems[SESSIONS];
      batch.begin(SESSIONS);
      for (int b = 0; b < SESSIONS; b++) {
        targets.ask(b, sessions[b].hidden());
        shown[b] = sessions[b].shown();
        evidence.encode(shown[b], batch.users, b * RANK);
      }
      double loss = offers.forward(batch) / batch.weight();
      offers.backward(batch);
      evidence.backward(shown, batch);

      assertEquals(loss(), loss, 1e-5);
      double largest = 0;
      for (int item : checked()) {
        for (int f = 0; f < RANK; f++) {
          double ofV = difference(v[item], f);
          double ofU = difference(u[item], f);
          assertEquals(ofV, offers.gradient(item, f), 1e-6, "V of item " + item + ", " + f);
          assertEquals(ofU, evidence.gradient(item)[f], 1e-6, "U of item " + item + ", " + f);
          largest = Math.max(largest, Math.min(Math.abs(ofV), Math.abs(ofU)));
        }
      }
      assertTrue(largest > 1e-3, "gradients this small would pass by chance: " + largest);
    }
  }

  /** What is hidden and seen, and some others on both sides of the blocks' border. */
  private int[] checked() {
    int[] items = new int[4 * SESSIONS];
    for (int b = 0; b < SESSIONS; b++) {
      items[4 * b] = sessions[b].hidden()[0];
      items[4 * b + 1] = sessions[b].shown().items()[0];
      items[4 * b + 2] = 250 + b;
      items[4 * b + 3] = ITEMS - 1 - b;
    }
    return items;
  }
}
