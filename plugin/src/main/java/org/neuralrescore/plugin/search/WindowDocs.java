// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.lucene.search.TopDocs;

/**
 * The docs that were rescored, which Elasticsearch takes to the fetch phase so that explaining a
 * hit knows on which side of the window it was. An {@code int[]}, for a hash set would box every
 * hit; sorted where one is looked for: most searches explain nothing.
 */
final class WindowDocs extends AbstractSet<Integer> {
  private final int[] docs;
  private boolean sorted;

  WindowDocs(TopDocs firstPass, int window) {
    docs = new int[Math.min(window, firstPass.scoreDocs.length)];
    for (int i = 0; i < docs.length; i++) {
      docs[i] = firstPass.scoreDocs[i].doc;
    }
  }

  @Override
  public synchronized boolean contains(Object doc) {
    if (!sorted) {
      Arrays.sort(docs);
      sorted = true;
    }
    return doc instanceof Integer id && Arrays.binarySearch(docs, id) >= 0;
  }

  @Override
  public synchronized Iterator<Integer> iterator() {
    return IntStream.of(docs.clone()).iterator();
  }

  @Override
  public int size() {
    return docs.length;
  }
}
