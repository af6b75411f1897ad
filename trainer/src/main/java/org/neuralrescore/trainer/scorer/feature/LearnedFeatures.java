// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ItemFeatures;

/**
 * Feature rows of items, made of some histories: as they are served, which is at the histories'
 * end, and as they were when one of the interactions happened. Immutable, thread-safe.
 *
 * <p>An example sees its item without its own interaction, so of all examples of n interactions the
 * scorer meets n - 1: what it learns of a count is the Good-Turing estimate of the next interaction
 * (Good 1953), which is right for items of no interaction too. Ages are all as of the example's
 * time, those of the sampled negatives too: were the positive alone younger than it is served,
 * youth would tell it from them.
 */
public final class LearnedFeatures {
  private static final double DAY = TimeUnit.DAYS.toMillis(1);

  private final FeatureSource source;
  private final List<FeatureBlock> blocks;
  private final int width;
  private final int[] counts;
  private final long[] first;
  private final long end;

  LearnedFeatures(FeatureSource source, Histories learned) {
    this.source = source;
    List<FeatureBlock> columns = new ArrayList<>();
    for (ItemFeature feature : source.features()) {
      columns.add(
          switch (feature) {
            case POPULARITY, AGE -> FeatureBlock.number(feature.label());
            case CONTENT ->
                FeatureBlock.vector(feature.label(), source.content().orElseThrow().width());
          });
    }
    blocks = List.copyOf(columns);
    width = blocks.stream().mapToInt(FeatureBlock::width).sum();
    counts = learned.popularityOfAll();
    first = new long[learned.itemCount()];
    Arrays.setAll(first, learned.elsewhere()::first);
    long latest = learned.elsewhere().latest();
    for (int p = 0; p < learned.size(); p++) {
      first[learned.item(p)] = Math.min(first[learned.item(p)], learned.time(p));
      latest = Math.max(latest, learned.time(p));
    }
    end = latest;
    if (source.features().contains(ItemFeature.AGE) && !hasTime(learned)) {
      throw new UserError(
          UserError.Kind.INPUT,
          "--features age wants interactions with a time, and there is none; name the column with"
              + " --time-column, or leave age out");
    }
  }

  private static boolean hasTime(Histories learned) {
    for (int p = 0; p < learned.size(); p++) {
      if (learned.time(p) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The blocks of a row, in order; none: there is nothing beside the factors. */
  public List<FeatureBlock> blocks() {
    return blocks;
  }

  /** f, the length of a row. */
  public int width() {
    return width;
  }

  /** All items at the end of the histories, as they are served. */
  public ItemFeatures served() {
    float[] rows = new float[Math.multiplyExact(first.length, width)];
    for (int item = 0; item < first.length; item++) {
      fill(item, counts[item], end, rows, item * width);
    }
    return new ItemFeatures(blocks, first.length, rows);
  }

  /**
   * An item that was chosen at a time, without that interaction.
   *
   * @param row gets f values from {@code offset} on
   */
  public void positive(int item, long time, float[] row, int offset) {
    fill(item, counts[item] - 1, time, row, offset);
  }

  /** An item that was not chosen at a time; as for {@link #positive}. */
  public void negative(int item, long time, float[] row, int offset) {
    fill(item, counts[item], time, row, offset);
  }

  /**
   * Whether an item can be held against one that was chosen at a time. With ages, one that nobody
   * had touched by then would be known for it, and in serving hardly any item is like that.
   */
  public boolean comparable(int item, long time) {
    return !source.features().contains(ItemFeature.AGE)
        || first[item] <= time
        || first[item] == Long.MAX_VALUE;
  }

  private void fill(int item, int count, long now, float[] row, int offset) {
    int at = offset;
    for (ItemFeature feature : source.features()) {
      switch (feature) {
        case POPULARITY -> row[at++] = (float) Math.log1p(count);
        // One that nobody has touched yet is of age 0, which is also what a search takes where a
        // document has no age.
        case AGE ->
            row[at++] = first[item] >= now ? 0f : (float) Math.log1p((now - first[item]) / DAY);
        case CONTENT -> {
          float[] vector = source.content().orElseThrow().of(item);
          int columns = source.content().orElseThrow().width();
          Arrays.fill(row, at, at + columns, 0f);
          System.arraycopy(vector, 0, row, at, vector.length);
          at += columns;
        }
      }
    }
  }
}
