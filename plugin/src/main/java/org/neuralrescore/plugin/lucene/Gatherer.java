// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ScoreDoc;

/**
 * Reads a window's features in doc order, one forward walk over the segments. Row r of the batch is
 * the hit with the r-th smallest doc id; {@link #hit} says which that was.
 */
final class Gatherer {
  /** How many hits are read at most between two looks at whether the search still runs. */
  private static final int CHECK_EVERY = 256;

  private final List<Feature> features;
  private final Cancellation cancellation;

  Gatherer(List<Feature> features, Cancellation cancellation) {
    this.features = features;
    this.cancellation = cancellation;
  }

  /**
   * Fills the batch's inputs from the first {@code batch.rows()} hits.
   *
   * @param hits not changed
   */
  void gather(List<LeafReaderContext> leaves, ScoreDoc[] hits, FeatureBatch batch)
      throws IOException {
    walk(leaves, hits, batch, Optional.empty());
  }

  /**
   * Fills the batch's outputs, and its inputs but the one that is multiplied where it is stored.
   */
  void outputs(List<LeafReaderContext> leaves, ScoreDoc[] hits, FeatureBatch batch, DotRows linear)
      throws IOException {
    walk(leaves, hits, batch, Optional.of(linear));
  }

  private void walk(
      List<LeafReaderContext> leaves, ScoreDoc[] hits, FeatureBatch batch, Optional<DotRows> linear)
      throws IOException {
    int rows = batch.rows();
    batch.readHits(hits);
    long[] order = batch.order();
    LeafColumn[] columns = new LeafColumn[features.size()];
    int leaf = -1;
    int base = 0;
    int end = 0;
    int next = 0;
    for (int row = 0; row < rows; row = next) {
      cancellation.check();
      int doc = (int) (order[row] >>> 32);
      while (doc >= end) {
        LeafReaderContext context = leaves.get(++leaf);
        base = context.docBase;
        end = base + context.reader().maxDoc();
        if (doc < end) {
          open(context, columns);
        }
      }
      next = next(order, row, Math.min(rows, row + CHECK_EVERY), end);
      fill(columns, base, batch, row, next, linear);
    }
  }

  /** The first row behind {@code row} and before {@code most} that lies behind a segment's end. */
  private static int next(long[] order, int row, int most, int end) {
    long behind = (long) end << 32;
    int next = row + 1;
    while (next < most && order[next] < behind) {
      next++;
    }
    return next;
  }

  /** The position among the hits of a batch's row. */
  static int hit(FeatureBatch batch, int row) {
    return (int) batch.order()[row];
  }

  private void open(LeafReaderContext leaf, LeafColumn[] columns) throws IOException {
    for (int f = 0; f < columns.length; f++) {
      if (features.get(f) instanceof Feature.Stored stored) {
        columns[f] = stored.column().open(leaf);
      }
    }
  }

  /** Fills rows of one segment, column by column: short loops over hits. */
  private void fill(
      LeafColumn[] columns,
      int base,
      FeatureBatch batch,
      int from,
      int to,
      Optional<DotRows> linear)
      throws IOException {
    int skipped = linear.isPresent() ? linear.get().item() : -1;
    for (int f = 0; f < columns.length; f++) {
      if (f == skipped) {
        continue;
      }
      if (features.get(f) instanceof Feature.Stored stored) {
        read(columns[f], stored, base, batch, f, from, to);
      } else {
        for (int row = from; row < to; row++) {
          batch.input(f).put(row, batch.firstPasses()[hit(batch, row)]);
        }
      }
    }
    if (linear.isPresent()) {
      linear.get().write(columns, base, batch, from, to);
    }
  }

  private static void read(
      LeafColumn column,
      Feature.Stored stored,
      int base,
      FeatureBatch batch,
      int f,
      int from,
      int to)
      throws IOException {
    long[] order = batch.order();
    FloatBuffer input = batch.input(f);
    int width = stored.width();
    for (int row = from; row < to; row++) {
      if (!column.read((int) (order[row] >>> 32) - base, input, row * width)) {
        batch.countMissing(f);
        for (int i = row * width; i < (row + 1) * width; i++) {
          input.put(i, stored.missing());
        }
      }
    }
  }
}
