// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.Reliability;

/**
 * Holds a model's log-odds against held-out rows drawn as its training rows are: every target is a
 * positive, with as many sampled items that its user has not touched as negatives. What comes of it
 * is the probability in that game, where one row in {@code negatives + 1} is positive by
 * construction; it is not how likely a hit is to be clicked.
 */
public final class ReliabilityCheck {
  /** More cases change the figures by less than they vary with the draw. */
  private static final int CASES = 2000;

  private static final int MAX_TRIES = 32;
  private static final int CASES_PER_PART = 16;

  private final int negatives;
  private final NegativeSampling sampling;
  private final long seed;

  /**
   * Draws as a scorer's training does.
   *
   * @param negatives sampled items a positive, at least 1
   * @param sampling how they are drawn
   * @param seed of cases and negatives
   */
  public ReliabilityCheck(int negatives, NegativeSampling sampling, long seed) {
    this.negatives = negatives;
    this.sampling = sampling;
    this.seed = seed;
  }

  /** As the training with these options draws. */
  public static ReliabilityCheck of(ScorerOptions options, long seed) {
    return new ReliabilityCheck(options.negatives(), options.sampling(), seed);
  }

  /**
   * Checks.
   *
   * @param ranker scores are log-odds
   * @param learned what the ranker learned from: it decides which negatives are common
   */
  public Reliability run(Ranker ranker, EvaluationSet all, Histories learned, Workers workers) {
    SplittableRandom random = new SplittableRandom(seed);
    EvaluationSet cases = all.sample(CASES, random);
    NegativeSampler sampler = new NegativeSampler(learned, sampling);
    int width = negatives + 1;
    int[] starts = new int[cases.size() + 1];
    for (int c = 0; c < cases.size(); c++) {
      starts[c + 1] = starts[c] + cases.targets(c).length * width;
    }
    int[] items = new int[starts[cases.size()]];
    boolean[] positive = new boolean[items.length];
    for (int c = 0; c < cases.size(); c++) {
      int at = starts[c];
      for (int target : cases.targets(c)) {
        items[at] = target;
        positive[at] = true;
        for (int n = 1; n < width; n++) {
          items[at + n] = negative(cases, c, sampler, random);
        }
        at += width;
      }
    }
    float[] logits = new float[items.length];
    workers.runRows(
        cases.size(),
        CASES_PER_PART,
        (part, from, to) -> {
          float[] scores = new float[learned.itemCount()];
          for (int c = from; c < to; c++) {
            ranker.score(cases, c, scores);
            for (int row = starts[c]; row < starts[c + 1]; row++) {
              logits[row] = scores[items[row]];
            }
          }
        });
    return Reliability.of(logits, positive);
  }

  /** The user may not be among those learned from, so what was seen is looked at here. */
  private static int negative(
      EvaluationSet cases, int index, NegativeSampler sampler, SplittableRandom random) {
    int user = cases.user(index);
    int item = sampler.draw(user, random);
    for (int tries = 1; tries < MAX_TRIES && touched(cases, index, item); tries++) {
      item = sampler.draw(user, random);
    }
    return item;
  }

  private static boolean touched(EvaluationSet cases, int index, int item) {
    return cases.seen().contains(cases.user(index), item)
        || Arrays.stream(cases.targets(index)).anyMatch(target -> target == item);
  }
}
