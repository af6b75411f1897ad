package org.neuralrescore.trainer.feature;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.content.ItemContent;

/**
 * What the scorer is told of items beside their factors.
 *
 * @param features default none
 * @param contentVectors a file with a vector an item; where there is none, the words of the
 *     catalogue are the content
 */
public record FeatureOptions(List<ItemFeature> features, Optional<Path> contentVectors) {
  public FeatureOptions {
    features = features.stream().distinct().sorted().toList();
  }

  /** The factors alone. */
  public static FeatureOptions none() {
    return new FeatureOptions(List.of(), Optional.empty());
  }

  /** Whether content is asked for. */
  public boolean wantContent() {
    return features.contains(ItemFeature.CONTENT);
  }

  /**
   * With what content is made of.
   *
   * @throws org.neuralrescore.trainer.UserError of kind USAGE where content is asked for and there
   *     is none
   */
  public FeatureSource source(Optional<ItemContent> content) {
    return features.isEmpty()
        ? FeatureSource.none()
        : new FeatureSource(features, wantContent() ? content : Optional.empty());
  }
}
