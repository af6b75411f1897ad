package org.neuralrescore.trainer.eval;

import java.util.Optional;
import org.neuralrescore.trainer.dataset.ContextRows;
import org.neuralrescore.trainer.dataset.EvaluationSet;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.nmf.HistoryEncoder;

/**
 * A scorer behind the history encoder, as it is served: the user's history is folded in, an empty
 * one gives the default user, and the scorer scores all items.
 */
public final class ModelRanker implements Ranker {
  private final String label;
  private final HistoryEncoder encoder;
  private final ScorerWeights scorer;
  private final ItemFeatures features;
  private final Optional<float[]> defaultUser;

  /** Ranks by a scorer of the factors alone. */
  public ModelRanker(
      String label, HistoryEncoder encoder, ScorerWeights scorer, Optional<float[]> defaultUser) {
    this(label, encoder, scorer, ItemFeatures.none(encoder.items().rows()), defaultUser);
  }

  /**
   * Ranks by a scorer.
   *
   * @param features of the items as they are served; of no account where the scorer reads none
   * @param defaultUser [rank], who stands in for a user without history; empty: zeros
   */
  public ModelRanker(
      String label,
      HistoryEncoder encoder,
      ScorerWeights scorer,
      ItemFeatures features,
      Optional<float[]> defaultUser) {
    this.label = label;
    this.encoder = encoder;
    this.scorer = scorer;
    this.features = features.readBy(scorer);
    this.defaultUser = defaultUser;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    score(seen, user, new float[scorer.inputs().contextWidth()], scores);
  }

  @Override
  public void score(EvaluationSet set, int index, float[] scores) {
    float[] context = new ContextRows(set.context(), scorer.inputs().context()).row(index);
    score(set.seen(), set.user(index), context, scores);
  }

  private void score(Histories seen, int user, float[] context, float[] scores) {
    boolean unknown = seen.length(user) == 0 && defaultUser.isPresent();
    float[] vector = unknown ? defaultUser.get() : encoder.encode(seen, user);
    scorer.score(vector, context, encoder.items().values(), features.rows(), scores);
  }
}
