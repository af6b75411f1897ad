// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.math.VectorSums;
import org.neuralrescore.trainer.base.parallel.Workers;

/** U: makes user vectors of what is seen, and moves by what comes back through them. */
public final class EvidenceSide {
  private static final int ITEMS_PER_PART = 128;

  private final int rank;
  private final Workers workers;
  private final float[][] values;
  private final float[][] gradients;
  private final DenseAdam adam;
  private final EvidenceSign sign;

  /**
   * A side of zeros.
   *
   * @param beta2 of {@link DenseAdam}
   */
  public EvidenceSide(int items, int rank, float beta2, EvidenceSign sign, Workers workers) {
    this.rank = rank;
    this.sign = sign;
    this.workers = workers;
    values = new float[items][rank];
    gradients = new float[items][rank];
    adam = new DenseAdam(items, rank, beta2);
  }

  /** A normal random start of some deviation, folded over where none may be below 0. */
  public void start(double deviation, SplittableRandom random) {
    for (float[] row : values) {
      for (int f = 0; f < rank; f++) {
        double value = deviation * random.nextGaussian();
        row[f] = (float) (sign == EvidenceSign.BOTH ? value : Math.abs(value));
      }
    }
  }

  /** An item's row, [rank], live. */
  public float[] row(int item) {
    return values[item];
  }

  /** An item's gradient of the last {@link #backward}, [rank], live. */
  public float[] gradient(int item) {
    return gradients[item];
  }

  /**
   * {@code sum_i w_i U_i}.
   *
   * @param users written at {@code offset}
   */
  public void encode(ShownItems shown, float[] users, int offset) {
    float[] sum = new float[rank];
    int[] seen = shown.items();
    float[] weights = shown.weights();
    for (int i = 0; i < seen.length; i++) {
      VectorSums.add(sum, weights[i], values[seen[i]], rank);
    }
    System.arraycopy(sum, 0, users, offset, rank);
  }

  /**
   * The gradients of all rows; a row sums over the rows of the batch that saw it, in their order.
   *
   * @param shown of the batch, [batch.size()]
   */
  public void backward(ShownItems[] shown, SoftmaxBatch batch) {
    int[] starts = new int[values.length + 1];
    for (int b = 0; b < batch.size(); b++) {
      for (int item : shown[b].items()) {
        starts[item + 1]++;
      }
    }
    for (int i = 0; i < values.length; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = Arrays.copyOf(starts, values.length);
    int[] seers = new int[starts[values.length]];
    float[] weights = new float[seers.length];
    float[][] back = new float[batch.size()][rank];
    for (int b = 0; b < batch.size(); b++) {
      for (int i = 0; i < shown[b].items().length; i++) {
        int at = next[shown[b].items()[i]]++;
        seers[at] = b;
        weights[at] = shown[b].weights()[i];
      }
      System.arraycopy(batch.userGradients, b * rank, back[b], 0, rank);
    }
    workers.runRows(
        values.length,
        ITEMS_PER_PART,
        (part, from, to) -> {
          for (int item = from; item < to; item++) {
            float[] gradient = gradients[item];
            Arrays.fill(gradient, 0f);
            for (int at = starts[item]; at < starts[item + 1]; at++) {
              VectorSums.add(gradient, weights[at], back[seers[at]], rank);
            }
          }
        });
  }

  /**
   * Moves U by the last gradients, and projects it onto the non-negative where it has to be.
   *
   * @param step counted from 1
   */
  void step(int step, float rate) {
    workers.runRows(
        values.length,
        ITEMS_PER_PART,
        (part, from, to) -> {
          for (int item = from; item < to; item++) {
            adam.move(item, step, rate, values[item], gradients[item]);
            if (sign == EvidenceSign.POSITIVE) {
              DenseAdam.project(values[item]);
            }
          }
        });
  }
}
