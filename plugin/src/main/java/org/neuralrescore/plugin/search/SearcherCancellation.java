// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.IndexSearcher;
import org.elasticsearch.index.mapper.IdFieldMapper;
import org.elasticsearch.search.internal.ContextIndexSearcher;
import org.neuralrescore.plugin.lucene.Cancellation;

/**
 * A search's cancellation as its searcher knows it, for windows outside of the rescore phase: those
 * of {@code top_hits}, of which Elasticsearch tells a rescorer nothing. Its readers ask whether the
 * search shall go on whenever somebody begins to walk through terms, so this begins to.
 *
 * <p>What is late is let go on: Elasticsearch finishes aggregations of a search whose time is up.
 *
 * @param searcher the search's own
 */
record SearcherCancellation(IndexSearcher searcher) implements Cancellation {
  @Override
  public void check() {
    try {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        Terms terms = leaf.reader().terms(IdFieldMapper.NAME);
        if (terms != null) {
          terms.iterator();
          return;
        }
      }
    } catch (ContextIndexSearcher.TimeExceededException late) {
      // Goes on, see above.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
