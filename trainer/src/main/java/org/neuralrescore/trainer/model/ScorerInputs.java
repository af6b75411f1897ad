package org.neuralrescore.trainer.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a scorer reads beside the factors.
 *
 * @param features blocks of an item's feature row x, in the row's order
 * @param context columns of the request's row q, in the row's order
 */
public record ScorerInputs(List<FeatureBlock> features, List<ContextColumn> context) {
  private static final ScorerInputs NONE = new ScorerInputs(List.of(), List.of());

  public ScorerInputs {
    features = List.copyOf(features);
    context = List.copyOf(context);
    Set<String> names = new HashSet<>(Set.of("user", "items", "score"));
    for (FeatureBlock block : features) {
      requireNew(names, block.name());
    }
    for (ContextColumn column : context) {
      requireNew(names, column.name());
    }
  }

  private static void requireNew(Set<String> names, String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException(
          "the scorer has an input [" + name + "] already; name it otherwise");
    }
  }

  /** The factors alone. */
  public static ScorerInputs none() {
    return NONE;
  }

  /** Items with feature rows, no context. */
  public static ScorerInputs ofFeatures(List<FeatureBlock> blocks) {
    return new ScorerInputs(blocks, List.of());
  }

  /** f, the length of an item's feature row. */
  public int featureWidth() {
    return features.stream().mapToInt(FeatureBlock::width).sum();
  }

  /** c, the length of the request's row. */
  public int contextWidth() {
    return context.stream().mapToInt(ContextColumn::width).sum();
  }

  /** Whether the factors are all that is read. */
  public boolean isNone() {
    return features.isEmpty() && context.isEmpty();
  }
}
