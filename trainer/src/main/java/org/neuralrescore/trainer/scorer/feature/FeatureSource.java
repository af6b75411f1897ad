// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.ScorerInputs;

/**
 * Which features were asked for, and what they are made of beside the interactions.
 *
 * @param features in the order of a row's columns, each at most once; none: the factors alone
 * @param content vectors of the items, there where content is asked for
 * @param recent how the recent vector is made, where it is asked for
 */
public record FeatureSource(
    List<ItemFeature> features, Optional<ItemContent> content, Optional<RecentItems> recent) {
  /** Of a {@code dense_vector} field. */
  private static final int MAX_DIMS = 4096;

  private static final FeatureSource NONE = new FeatureSource(List.of(), Optional.empty());

  /** Without a recent vector. */
  public FeatureSource(List<ItemFeature> features, Optional<ItemContent> content) {
    this(features, content, Optional.empty());
  }

  public FeatureSource {
    features = features.stream().distinct().sorted().toList();
    if (features.contains(ItemFeature.CONTENT) && content.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--features content wants the items' vectors; name a file with --content-vectors, or a"
              + " catalogue whose words are taken");
    }
    content
        .filter(vectors -> vectors.width() > MAX_DIMS)
        .ifPresent(
            vectors -> {
              throw new UserError(
                  UserError.Kind.INPUT,
                  "content vectors of "
                      + vectors.width()
                      + " values do not fit a dense_vector field, which holds "
                      + MAX_DIMS
                      + "; project them to fewer");
            });
  }

  /** The factors alone. */
  public static FeatureSource none() {
    return NONE;
  }

  /** Whether the factors are all there is. */
  public boolean isNone() {
    return features.isEmpty() && recent.isEmpty();
  }

  /** What was asked for, by the names of reports. */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    features.forEach(feature -> labels.add(feature.label()));
    recent.ifPresent(items -> labels.add(ScorerInputs.RECENT));
    return labels;
  }

  /**
   * The features of what may be learned from, and of nothing else.
   *
   * @throws UserError of kind INPUT where age is asked for and the data has no time
   */
  public LearnedFeatures of(Histories learned) {
    return new LearnedFeatures(this, learned);
  }
}
