// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ScoreDoc;

/**
 * Reads a window's features in doc order, one forward walk over the segments. Row r of the batch is
 * the hit with the r-th smallest doc id; {@link #hit} says which that was.
 */
final class Gatherer {
  /** A power of two: how many hits are read between two looks at whether the search still runs. */
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
    float[] firstPasses = batch.firstPasses();
    DotRows multiplied = linear.orElse(null);
    int skipped = multiplied == null ? -1 : multiplied.item();
    LeafColumn[] columns = new LeafColumn[features.size()];
    int leaf = -1;
    int base = 0;
    int end = 0;
    for (int row = 0; row < rows; row++) {
      if ((row & (CHECK_EVERY - 1)) == 0) {
        cancellation.check();
      }
      int doc = (int) (order[row] >>> 32);
      while (doc >= end) {
        LeafReaderContext context = leaves.get(++leaf);
        base = context.docBase;
        end = base + context.reader().maxDoc();
        if (doc < end) {
          open(context, columns);
        }
      }
      fill(columns, doc - base, firstPasses[(int) order[row]], batch, row, skipped);
      if (multiplied != null) {
        multiplied.write(columns, doc - base, batch, row);
      }
    }
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

  private void fill(
      LeafColumn[] columns, int doc, float firstPass, FeatureBatch batch, int row, int skipped)
      throws IOException {
    for (int f = 0; f < columns.length; f++) {
      if (f == skipped) {
        continue;
      }
      Feature feature = features.get(f);
      int offset = row * feature.width();
      if (feature instanceof Feature.Stored stored) {
        if (!columns[f].read(doc, batch.input(f), offset)) {
          batch.countMissing(f);
          for (int i = 0; i < stored.width(); i++) {
            batch.input(f).put(offset + i, stored.missing());
          }
        }
      } else {
        batch.input(f).put(offset, firstPass);
      }
    }
  }
}
