// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a scorer reads beside the factors.
 *
 * @param features blocks of an item's feature row x, in the row's order
 * @param context columns of the request's row q, in the row's order
 * @param recent how the user's recent vector r is made, where it is read
 * @param wide whether what the user's history says of the item ({@link NeighbourSums}) is read: the
 *     last {@value #WIDE_WIDTH} columns of a row of x
 */
public record ScorerInputs(
    List<FeatureBlock> features,
    List<ContextColumn> context,
    Optional<RecentItems> recent,
    boolean wide) {
  private static final ScorerInputs NONE = new ScorerInputs(List.of(), List.of());

  /** The name of the input that r is fed to. */
  public static final String RECENT = "recent";

  /** The name of the input with what the history says. */
  public static final String WIDE = "wide";

  /** Its columns: the sum t, the number of matches, the largest term. */
  public static final int WIDE_WIDTH = 3;

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
    if (recent.isPresent()) {
      requireNew(names, RECENT);
    }
    if (wide) {
      requireNew(names, WIDE);
    }
  }

  /** Without what the history says. */
  public ScorerInputs(
      List<FeatureBlock> features, List<ContextColumn> context, Optional<RecentItems> recent) {
    this(features, context, recent, false);
  }

  /** The same with what the history says. */
  public ScorerInputs withWide() {
    return new ScorerInputs(features, context, recent, true);
  }

  /** Without a recent vector. */
  public ScorerInputs(List<FeatureBlock> features, List<ContextColumn> context) {
    this(features, context, Optional.empty());
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

  /** f, the length of a row of x: the item's features, then what the history says of it. */
  public int featureWidth() {
    return itemWidth() + (wide ? WIDE_WIDTH : 0);
  }

  /** Columns of a row of x that are the item's own. */
  public int itemWidth() {
    return features.stream().mapToInt(FeatureBlock::width).sum();
  }

  /** The inputs that a row of x is fed to, in order. */
  public List<FeatureBlock> rowBlocks() {
    List<FeatureBlock> blocks = new ArrayList<>(features);
    if (wide) {
      blocks.add(FeatureBlock.vector(WIDE, WIDE_WIDTH));
    }
    return List.copyOf(blocks);
  }

  /** c, the length of the request's row. */
  public int contextWidth() {
    return context.stream().mapToInt(ContextColumn::width).sum();
  }

  /**
   * The length of r.
   *
   * @return k or 0
   */
  public int recentWidth(int rank) {
    return recent.isPresent() ? rank : 0;
  }

  /**
   * The inputs of a network's first layer, in the order {@code [u; v; u*v; x; q; r; r*v]}: r alone
   * moves all items alike, and the product lets it rank them.
   *
   * @param rank k
   * @return {@code 3 k + f + c}, and {@code 2 k} more where r is read
   */
  public int width(int rank) {
    return 3 * rank + featureWidth() + contextWidth() + 2 * recentWidth(rank);
  }
}
