// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served;

import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.interactions.BoundContext;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.model.NeighbourSums;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;

/**
 * A bundle as it would serve data newer than itself: the user is the encoder's view of the history,
 * as far as the bundle knows its items; an item that it does not know has a zero vector, as a
 * document without one has in a search, and likewise features of zero. Runs the bundle's own
 * graphs. Close it.
 */
public final class BundleRanker implements Ranker, AutoCloseable {
  private final String label;
  private final Bundle bundle;
  private final ServedItems items;
  private final ServedHistory history;
  private final Optional<ItemNeighbours> bySpeaker;
  private final ScorerPool scorers;
  private final BoundContext context;

  /**
   * Loads a bundle's graphs.
   *
   * @param ids the items of the newer data: columns of the histories that will be shown
   * @throws UserError of kind MISMATCH where the bundle lacks a user encoder, or what its scorer
   *     reads of items
   */
  public BundleRanker(String label, Bundle bundle, Ids ids) {
    this.label = label;
    this.bundle = bundle;
    items = new ServedItems(bundle, ids);
    history = new ServedHistory(bundle, items);
    bySpeaker = bundle.wide().map(wide -> wide.neighbours().bySpeaker());
    scorers = new ScorerPool(bundle::scorer);
    context = new BoundContext(bundle.context());
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    score(seen, user, new float[bundle.inputs().contextWidth()], scores);
  }

  @Override
  public void score(EvaluationSet set, int index, float[] scores) {
    score(set.seen(), set.user(index), context.of(set.context()).row(index), scores);
  }

  private void score(Histories seen, int user, float[] context, float[] scores) {
    ScorerRequest request =
        ScorerRequest.of(history.encode(seen, user))
            .withContext(context)
            .withRecent(history.recent(seen, user));
    float[] rows = rows(seen, user);
    scorers.lend(scorer -> scorer.score(request, items.vectors(), rows, scores));
  }

  /** x of all items: their features, then what the history says of them where that is read. */
  private float[] rows(Histories seen, int user) {
    if (bySpeaker.isEmpty()) {
      return items.features();
    }
    NeighbourSums sums = new NeighbourSums(bySpeaker.get());
    sums.of(history.touched(seen, user));
    int own = bundle.itemFeatures().width();
    int width = own + ScorerInputs.WIDE_WIDTH;
    float[] told = new float[Math.multiplyExact(items.size(), width)];
    for (int item = 0; item < items.size(); item++) {
      System.arraycopy(items.features(), item * own, told, item * width, own);
      if (items.ordinal(item) >= 0) {
        sums.copy(items.ordinal(item), told, item * width + own);
      }
    }
    return told;
  }

  /** What each interaction of a history weighs. */
  public HistoryWeighting weighting() {
    return history.weighting();
  }

  /** Values of an item's row: the number of factors, twice that where items have two sides. */
  public int width() {
    return bundle.manifest().rank();
  }

  /** The plain dot product of the bundle's factors behind the same encoder; closed with this. */
  public Ranker dot() {
    return new Ranker() {
      @Override
      public String label() {
        return "dot";
      }

      @Override
      public void score(Histories seen, int user, float[] scores) {
        float[] vector = history.encode(seen, user);
        float[] vectors = items.vectors();
        for (int item = 0; item < scores.length; item++) {
          float sum = 0f;
          for (int f = 0; f < vector.length; f++) {
            sum += vector[f] * vectors[item * vector.length + f];
          }
          scores[item] = sum;
        }
      }
    };
  }

  /**
   * What a search that gives the history sends: the latest items as far as a request may have them,
   * each with its weight.
   */
  public SentHistory sent(Histories seen, int user) {
    return history.sent(seen, user);
  }

  @Override
  public void close() {
    scorers.close();
    history.close();
  }
}
