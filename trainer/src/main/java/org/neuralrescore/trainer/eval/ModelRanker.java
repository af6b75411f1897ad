package org.neuralrescore.trainer.eval;

import java.util.Optional;
import org.neuralrescore.trainer.dataset.Histories;
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
  private final Optional<float[]> defaultUser;

  /**
   * Ranks by a scorer.
   *
   * @param defaultUser [rank], who stands in for a user without history; empty: zeros
   */
  public ModelRanker(
      String label, HistoryEncoder encoder, ScorerWeights scorer, Optional<float[]> defaultUser) {
    this.label = label;
    this.encoder = encoder;
    this.scorer = scorer;
    this.defaultUser = defaultUser;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    boolean unknown = seen.length(user) == 0 && defaultUser.isPresent();
    float[] vector = unknown ? defaultUser.get() : encoder.encode(seen, user);
    scorer.score(vector, encoder.items().values(), scores);
  }
}
