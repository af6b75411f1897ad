// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.softmax;

import java.util.List;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;

/** Both sides of items on their way down a softmax loss, a batch a step, projected after each. */
public final class SoftmaxDescent {
  private static final double WARM_UP = 0.03;

  private final int rank;
  private final OfferSide offers;
  private final EvidenceSide evidence;
  private final SoftmaxBatch batch;
  private final ShownItems[] shown;
  private int step;

  /**
   * Both sides zeros.
   *
   * @param rows a batch at most
   * @param targets what the rows of each batch are held against
   * @param beta2 of {@link DenseAdam}
   * @param sign of the evidence
   */
  public SoftmaxDescent(
      int items,
      int rank,
      int rows,
      Targets targets,
      float beta2,
      EvidenceSign sign,
      Workers workers) {
    this.rank = rank;
    offers = new OfferSide(items, rank, rows, beta2, workers);
    evidence = new EvidenceSide(items, rank, beta2, sign, workers);
    batch = new SoftmaxBatch(rows, rank, targets);
    shown = new ShownItems[rows];
  }

  /** A random start. */
  public void start(SplittableRandom random) {
    offers.start(random.split());
    evidence.start(0.1, random.split());
  }

  /** A start of the sizes of normal draws on both sides. */
  public void start(double size, SplittableRandom random) {
    offers.start(size, random.split());
    evidence.start(size, random.split());
  }

  /**
   * Both sides of some items as they stood before, over a start.
   *
   * @param items one of zeros on both sides keeps the start
   * @param evidenceWeights what each item's evidence is multiplied by now, [items]
   */
  public void start(TwoSidedItems items, float[] evidenceWeights) {
    for (int i = 0; i < evidenceWeights.length; i++) {
      for (int f = 0; f < rank && evidenceWeights[i] > 0 && items.knows(i); f++) {
        offers.set(i, f, items.factors()[i * rank + f]);
        evidence.row(i)[f] = items.evidence()[i * rank + f] / evidenceWeights[i];
      }
    }
  }

  /**
   * Both sides as they stand, new.
   *
   * @param evidenceWeights what each item's evidence is multiplied by, [items]; an item of 0 has
   *     zeros on both sides
   */
  public TwoSidedItems items(float[] evidenceWeights, List<Double> losses) {
    float[] v = new float[evidenceWeights.length * rank];
    float[] u = new float[v.length];
    for (int i = 0; i < evidenceWeights.length; i++) {
      for (int f = 0; evidenceWeights[i] > 0 && f < rank; f++) {
        v[i * rank + f] = offers.get(i, f);
        u[i * rank + f] = evidenceWeights[i] * evidence.row(i)[f];
      }
    }
    return new TwoSidedItems(rank, v, u, losses);
  }

  /** A batch of so many rows begins; every row is shown something before the step. */
  public void begin(int rows) {
    batch.begin(rows);
  }

  /** What is known in a row. Rows may come from several threads. */
  public void show(int row, ShownItems items) {
    shown[row] = items;
    evidence.encode(items, batch.users, row * rank);
  }

  /**
   * One step of Adam on both sides.
   *
   * @return the batch's loss, summed by weight
   */
  public double step(float rate) {
    double loss = offers.forward(batch);
    offers.backward(batch);
    evidence.backward(shown, batch);
    step++;
    offers.step(step, rate);
    evidence.step(step, rate);
    return loss;
  }

  /** What the rows of the batch weigh together. */
  public double weight() {
    return batch.weight();
  }

  /**
   * The course of a learning rate: it rises over the first {@value #WARM_UP} of all steps and falls
   * linearly to 0.
   *
   * @param peak its largest value
   * @param done share of all steps in the middle of this one, above 0 and below 1: at 0 nothing
   *     moves
   */
  public static float rate(double peak, double done) {
    return (float) (peak * Math.min(1, done / WARM_UP) * (1 - done));
  }
}
