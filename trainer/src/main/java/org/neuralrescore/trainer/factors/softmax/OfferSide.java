// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.math.VectorSums;
import org.neuralrescore.trainer.base.parallel.Workers;

/**
 * V under a softmax over all items: {@code logits = X V^T}, the mean cross-entropy to what is asked
 * for, and its gradients for V and X. Items lie in blocks, each worked on by itself from logits to
 * step; sums over blocks are taken in their order.
 *
 * <p>A block holds its part of V factor by factor, so that logits and both gradients are sums of
 * long vectors: over the block's items for logits and V, over the batch's sessions for X.
 */
public final class OfferSide {
  public static final int ITEMS_PER_BLOCK = 256;
  private static final int GROUP = FloatKernels.GROUP;

  private final int items;
  private final int rank;
  private final Workers workers;
  private final float[][][] values;
  private final float[][][] gradients;
  private final DenseAdam[] adams;
  private final float[][][] cells;
  private final float[][][] userParts;
  private final float[][] maxima;
  private final double[][] sums;
  private final float[][] scales;

  /**
   * A side of zeros.
   *
   * @param batch rows a batch at most
   * @param beta2 of {@link DenseAdam}
   */
  public OfferSide(int items, int rank, int batch, float beta2, Workers workers) {
    this.items = items;
    this.rank = rank;
    this.workers = workers;
    int blocks = Workers.parts(items, ITEMS_PER_BLOCK);
    values = new float[blocks][][];
    gradients = new float[blocks][][];
    cells = new float[blocks][][];
    adams = new DenseAdam[blocks];
    for (int block = 0; block < blocks; block++) {
      int width = width(block);
      values[block] = new float[rank][width];
      gradients[block] = new float[rank][width];
      cells[block] = new float[batch][width];
      adams[block] = new DenseAdam(rank, width, beta2);
    }
    userParts = new float[blocks][rank][batch];
    maxima = new float[blocks][batch];
    sums = new double[blocks][batch];
    scales = new float[blocks][batch];
  }

  /** A random start, uniform in [0, 0.1). */
  public void start(SplittableRandom random) {
    for (int i = 0; i < items; i++) {
      for (int f = 0; f < rank; f++) {
        set(i, f, (float) random.nextDouble() * 0.1f);
      }
    }
  }

  /** A normal random start of some deviation, folded over. */
  public void start(double deviation, SplittableRandom random) {
    for (int i = 0; i < items; i++) {
      for (int f = 0; f < rank; f++) {
        set(i, f, (float) Math.abs(deviation * random.nextGaussian()));
      }
    }
  }

  private int width(int block) {
    return Math.min(ITEMS_PER_BLOCK, items - block * ITEMS_PER_BLOCK);
  }

  public float get(int item, int factor) {
    return values[item / ITEMS_PER_BLOCK][factor][item % ITEMS_PER_BLOCK];
  }

  public void set(int item, int factor, float value) {
    values[item / ITEMS_PER_BLOCK][factor][item % ITEMS_PER_BLOCK] = value;
  }

  /** The gradient of the last {@link #backward}. */
  public float gradient(int item, int factor) {
    return gradients[item / ITEMS_PER_BLOCK][factor][item % ITEMS_PER_BLOCK];
  }

  /** The batch's loss, summed by weight; leaves what {@link #backward} needs. */
  public double forward(SoftmaxBatch batch) {
    int size = batch.size();
    workers.run(values.length, block -> logits(block, batch));
    double total = batch.weight();
    double loss = 0;
    for (int b = 0; b < size; b++) {
      float max = Float.NEGATIVE_INFINITY;
      for (float[] of : maxima) {
        max = Math.max(max, of[b]);
      }
      double sum = 0;
      for (int block = 0; block < values.length; block++) {
        sum += sums[block][b] * Math.exp(maxima[block][b] - (double) max);
      }
      double share = batch.targets.weight(b) / total / sum;
      for (int block = 0; block < values.length; block++) {
        scales[block][b] = (float) (share * Math.exp(maxima[block][b] - (double) max));
      }
      loss += batch.targets.loss(b, max + Math.log(sum));
    }
    return loss;
  }

  private void logits(int block, SoftmaxBatch batch) {
    float[][] out = cells[block];
    float[] users = batch.users;
    int width = width(block);
    int size = batch.size();
    for (int b = 0; b < size; b++) {
      Arrays.fill(out[b], 0f);
    }
    float[] weights = new float[GROUP];
    for (int f = 0; f < rank; f += GROUP) {
      int group = Math.min(GROUP, rank - f);
      for (int b = 0; b < size; b++) {
        System.arraycopy(users, b * rank + f, weights, 0, group);
        FloatKernels.combine(out[b], weights, values[block], f, group, width);
      }
    }
    int from = block * ITEMS_PER_BLOCK;
    for (int b = 0; b < size; b++) {
      batch.targets.see(b, from, width, out[b]);
      maxima[block][b] = FloatKernels.max(out[b], width);
      sums[block][b] = FloatKernels.exponentials(out[b], maxima[block][b], width);
    }
  }

  /**
   * Gradients of the mean loss, from the last {@link #forward}, whose cells it uses up; those of
   * users go into the batch.
   */
  public void backward(SoftmaxBatch batch) {
    double total = batch.weight();
    workers.run(values.length, block -> backward(block, batch, total));
    int size = batch.size();
    workers.run(
        Workers.parts(rank, GROUP),
        part -> {
          float[] sum = new float[size];
          for (int f = part * GROUP; f < Math.min(rank, (part + 1) * GROUP); f++) {
            Arrays.fill(sum, 0f);
            for (float[][] of : userParts) {
              VectorSums.add(sum, 1f, of[f], size);
            }
            for (int b = 0; b < size; b++) {
              batch.userGradients[b * rank + f] = sum[b];
            }
          }
        });
  }

  private void backward(int block, SoftmaxBatch batch, double total) {
    float[][] slopes = cells[block];
    int width = width(block);
    int from = block * ITEMS_PER_BLOCK;
    for (int b = 0; b < batch.size(); b++) {
      FloatKernels.scale(slopes[b], scales[block][b], width);
      batch.targets.subtract(b, from, width, total, slopes[b]);
    }
    itemGradients(block, batch, slopes, width);
    userGradients(block, batch.size(), slopes, width);
  }

  private void itemGradients(int block, SoftmaxBatch batch, float[][] slopes, int width) {
    float[] weights = new float[GROUP];
    float[][] out = gradients[block];
    for (float[] row : out) {
      Arrays.fill(row, 0f);
    }
    for (int b = 0; b < batch.size(); b += GROUP) {
      int group = Math.min(GROUP, batch.size() - b);
      for (int f = 0; f < rank; f++) {
        for (int g = 0; g < group; g++) {
          weights[g] = batch.users[(b + g) * rank + f];
        }
        FloatKernels.combine(out[f], weights, slopes, b, group, width);
      }
    }
  }

  private void userGradients(int block, int size, float[][] slopes, int width) {
    float[] weights = new float[GROUP];
    float[][] turned = new float[GROUP][size];
    float[][] out = userParts[block];
    for (float[] row : out) {
      Arrays.fill(row, 0f);
    }
    for (int j = 0; j < width; j += GROUP) {
      int group = Math.min(GROUP, width - j);
      for (int b = 0; b < size; b++) {
        for (int g = 0; g < group; g++) {
          turned[g][b] = slopes[b][j + g];
        }
      }
      for (int f = 0; f < rank; f++) {
        System.arraycopy(values[block][f], j, weights, 0, group);
        FloatKernels.combine(out[f], weights, turned, 0, group, size);
      }
    }
  }

  /**
   * Moves V by the last gradients and projects it onto the non-negative.
   *
   * @param step counted from 1
   */
  public void step(int step, float rate) {
    workers.run(
        values.length,
        block -> {
          for (int f = 0; f < rank; f++) {
            adams[block].move(f, step, rate, values[block][f], gradients[block][f]);
            DenseAdam.project(values[block][f]);
          }
        });
  }
}
