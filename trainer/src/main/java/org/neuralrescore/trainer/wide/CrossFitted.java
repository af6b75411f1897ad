// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.ItemNeighbours;

/**
 * What the history before an interaction says of items, by weights that were learned without its
 * user: users are dealt into folds, and those of a fold are asked by what the others taught. With
 * weights that know of them, a network would learn to trust what was memorised. Immutable,
 * thread-safe; a {@link Reader} a thread.
 */
public final class CrossFitted {
  private final Histories histories;
  private final HistoryWeighting weighting;
  private final int most;
  private final ItemNeighbours[] withoutFold;

  private CrossFitted(
      Histories histories, HistoryWeighting weighting, int most, ItemNeighbours[] withoutFold) {
    this.histories = histories;
    this.weighting = weighting;
    this.most = most;
    this.withoutFold = withoutFold;
  }

  /**
   * Learns a set of weights a fold.
   *
   * @param task is told of {@link LocalRidge#units} for each
   */
  public static CrossFitted learn(
      Histories histories,
      HistoryWeighting weighting,
      WideOptions options,
      Workers workers,
      Progress.Task task) {
    ItemNeighbours[] withoutFold = new ItemNeighbours[options.folds()];
    for (int fold = 0; fold < withoutFold.length; fold++) {
      boolean[] keep = new boolean[histories.size()];
      for (int user = 0; user < histories.userCount(); user++) {
        boolean other = user % withoutFold.length != fold;
        Arrays.fill(keep, histories.start(user), histories.end(user), other);
      }
      withoutFold[fold] =
          LocalRidge.learn(histories.select(keep), weighting, options, workers, task);
    }
    return new CrossFitted(histories, weighting, options.history(), withoutFold);
  }

  /** A reader for one thread. */
  public Reader reader() {
    return new Reader();
  }

  /** Reads one history after the other. */
  public final class Reader {
    /** By item, one more than its position in the history that is read; 0: not there. */
    private final int[] positions = new int[histories.itemCount()];

    private int user = -1;
    private int from;
    private int until;

    private Reader() {}

    /** Turns to the newest items that a user had touched before a position. */
    public void turn(int nextUser, int nextUntil) {
      for (int p = from; p < until; p++) {
        positions[histories.item(p)] = 0;
      }
      user = nextUser;
      until = nextUntil;
      from = Math.max(histories.start(user), until - most);
      for (int p = from; p < until; p++) {
        positions[histories.item(p)] = p + 1;
      }
    }

    /** Writes sum, matches and largest of an item. */
    public void read(int item, float[] to, int offset) {
      ItemNeighbours neighbours = withoutFold[user % withoutFold.length];
      float sum = 0f;
      int matches = 0;
      float largest = 0f;
      for (int i = neighbours.start(item); i < neighbours.end(item); i++) {
        int position = positions[neighbours.items()[i]] - 1;
        if (position >= 0) {
          float weight = weighting.weight(histories, position, histories.time(until - 1));
          float term = weight * neighbours.weights()[i];
          sum += term;
          matches++;
          largest = Math.max(largest, term);
        }
      }
      to[offset] = sum;
      to[offset + 1] = matches;
      to[offset + 2] = largest;
    }
  }
}
