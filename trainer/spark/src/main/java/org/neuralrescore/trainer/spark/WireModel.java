// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerRequest;
import tools.jackson.databind.json.JsonMapper;

/** A model of implicit factors, its scorer and all that it reads, as it travels to executors. */
final class WireModel implements WireRanker {
  private static final long serialVersionUID = 1L;

  private static final float[] NOTHING = {};

  private final String label;
  private final WireEncoder encoder;
  private final WireScorer scorer;
  private final String[] blocksJson;
  private final float[] features;

  /** Empty where nobody stands in: vectors of users have factors. */
  private final float[] unknownUser;

  private final float[] unknownRecent;

  /** One or none. */
  private final WireWide[] wide;

  private WireModel(ModelRanker model) {
    label = model.label();
    encoder = WireEncoder.of(model.encoder());
    scorer = WireScorer.of(model.scorer());
    blocksJson =
        model.features().blocks().stream()
            .map(JsonMapper.shared()::writeValueAsString)
            .toArray(String[]::new);
    features = model.features().rows();
    unknownUser = model.unknown().map(ScorerRequest::user).orElse(NOTHING);
    unknownRecent = model.unknown().map(ScorerRequest::recent).orElse(NOTHING);
    wide = model.wide().stream().map(part -> WireWide.of(label, part)).toArray(WireWide[]::new);
  }

  /**
   * A model.
   *
   * @throws IllegalArgumentException where its factors are not implicit
   */
  static WireModel of(ModelRanker model) {
    return new WireModel(model);
  }

  @Override
  public Ranker ranker() {
    HistoryEncoder by = encoder.encoder();
    return new ModelRanker(
        label,
        by,
        scorer.weights(),
        new ItemFeatures(blocks(), by.items().rows(), features),
        unknownUser.length == 0
            ? Optional.empty()
            : Optional.of(ScorerRequest.of(unknownUser).withRecent(unknownRecent)),
        wide.length == 0 ? Optional.empty() : Optional.of(wide[0].model()));
  }

  private List<FeatureBlock> blocks() {
    return List.of(blocksJson).stream()
        .map(block -> JsonMapper.shared().readValue(block, FeatureBlock.class))
        .toList();
  }
}
