// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.feature;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.model.RecentItems;

/**
 * What the scorer is told beside the factors: features of items, and what its user did just now.
 *
 * @param features default none
 * @param contentVectors a file with a vector an item; where there is none, the words of the
 *     catalogue are the content
 * @param recent how the recent vector is made, where it is asked for; default not at all
 */
public record FeatureOptions(
    List<ItemFeature> features, Optional<Path> contentVectors, Optional<RecentItems> recent) {
  public FeatureOptions {
    features = features.stream().distinct().sorted().toList();
  }

  /** Without a recent vector. */
  public FeatureOptions(List<ItemFeature> features, Optional<Path> contentVectors) {
    this(features, contentVectors, Optional.empty());
  }

  /** The factors alone. */
  public static FeatureOptions none() {
    return new FeatureOptions(List.of(), Optional.empty());
  }

  /** The same with a recent vector. */
  public FeatureOptions withRecent(RecentItems items) {
    return new FeatureOptions(features, contentVectors, Optional.of(items));
  }

  /** Whether nothing is asked for. */
  public boolean isNone() {
    return features.isEmpty() && recent.isEmpty();
  }

  /** Whether content is asked for. */
  public boolean wantContent() {
    return features.contains(ItemFeature.CONTENT);
  }

  /**
   * With what content is made of.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind USAGE where content is asked for and
   *     there is none
   */
  public FeatureSource source(Optional<ItemContent> content) {
    return isNone()
        ? FeatureSource.none()
        : new FeatureSource(features, wantContent() ? content : Optional.empty(), recent);
  }
}
