// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Optional;
import org.neuralrescore.trainer.data.interactions.BoundContext;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.RecentEncoder;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.wide.WideModel;

/**
 * A scorer behind the history encoder, as it is served: the user's history is folded in, its newest
 * items once more where the scorer reads a recent vector, one without an item that has a vector
 * gives the default user, and the scorer scores all items.
 */
public final class ModelRanker implements Ranker {
  private static final float[] NOTHING = {};

  private final String label;
  private final HistoryEncoder encoder;
  private final ScorerWeights scorer;
  private final ItemFeatures features;
  private final Optional<RecentEncoder> recentEncoder;
  private final Optional<ScorerRequest> unknown;
  private final Optional<WideModel> wide;
  private final BoundContext context;

  /** Ranks by a scorer of the factors alone. */
  public ModelRanker(
      String label, HistoryEncoder encoder, ScorerWeights scorer, Optional<ScorerRequest> unknown) {
    this(label, encoder, scorer, ItemFeatures.none(encoder.items().rows()), unknown);
  }

  /**
   * Ranks by a scorer.
   *
   * @param features of the items as they are served; of no account where the scorer reads none
   * @param unknown who stands in for a user without history, with a recent vector where the scorer
   *     reads one; empty: zeros
   */
  public ModelRanker(
      String label,
      HistoryEncoder encoder,
      ScorerWeights scorer,
      ItemFeatures features,
      Optional<ScorerRequest> unknown) {
    this(label, encoder, scorer, features, unknown, Optional.empty());
  }

  /**
   * Ranks by a scorer.
   *
   * @param wide there where the scorer reads what histories say
   */
  public ModelRanker(
      String label,
      HistoryEncoder encoder,
      ScorerWeights scorer,
      ItemFeatures features,
      Optional<ScorerRequest> unknown,
      Optional<WideModel> wide) {
    if (scorer.inputs().wide() && wide.isEmpty()) {
      throw new IllegalArgumentException(
          "a scorer that reads what histories say got no neighbours");
    }
    this.wide = scorer.inputs().wide() ? wide : Optional.empty();
    this.label = label;
    this.encoder = encoder;
    this.scorer = scorer;
    this.features = features.readBy(scorer);
    this.recentEncoder = scorer.inputs().recent().map(recent -> new RecentEncoder(encoder, recent));
    this.unknown = unknown;
    context = new BoundContext(scorer.inputs().context());
  }

  @Override
  public String label() {
    return label;
  }

  /** The item factors and the encoder over them. */
  public HistoryEncoder encoder() {
    return encoder;
  }

  /** What scores. */
  public ScorerWeights scorer() {
    return scorer;
  }

  /** What it reads of the items. */
  public ItemFeatures features() {
    return features;
  }

  /** Who stands in for a user without history. */
  public Optional<ScorerRequest> unknown() {
    return unknown;
  }

  /** What histories say, there where the scorer reads that. */
  public Optional<WideModel> wide() {
    return wide;
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    score(seen, user, new float[scorer.inputs().contextWidth()], scores);
  }

  @Override
  public void score(EvaluationSet set, int index, float[] scores) {
    score(set.seen(), set.user(index), context.of(set.context()).row(index), scores);
  }

  private void score(Histories seen, int user, float[] context, float[] scores) {
    ScorerRequest request =
        ScorerRequest.of(vector(seen, user))
            .withContext(context)
            .withRecent(recentEncoder.map(by -> recent(by, seen, user)).orElse(NOTHING));
    float[] rows = wide.map(part -> part.sums(seen, user).rows(features)).orElseGet(features::rows);
    scorer.score(request, encoder.items().values(), rows, scores);
  }

  /**
   * As published: a vector of zeros is not stored, and the default user stands for whoever has
   * none, unless what they touched speaks for them.
   */
  private float[] vector(Histories seen, int user) {
    boolean speaks = wide.isPresent() && seen.length(user) > 0;
    float[] vector = encoder.encode(seen, user);
    return speaks || !isZero(vector) ? vector : unknown.map(ScorerRequest::user).orElse(vector);
  }

  private float[] recent(RecentEncoder by, Histories seen, int user) {
    float[] vector = by.encode(seen, user);
    return isZero(vector) ? unknown.map(ScorerRequest::recent).orElse(vector) : vector;
  }

  private static boolean isZero(float[] vector) {
    for (float value : vector) {
      if (value != 0f) {
        return false;
      }
    }
    return true;
  }
}
