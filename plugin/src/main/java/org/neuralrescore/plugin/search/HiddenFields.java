// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.rest.RestStatus;

/**
 * The fields of a shard that its caller may not read. Field level security takes a field out of
 * what a reader shows, and what is read then looks like documents that have no value there.
 */
final class HiddenFields {
  private HiddenFields() {}

  /**
   * Refuses where a field is hidden that a search reads.
   *
   * @param reader as the caller sees the shard
   * @param reads what reads the field, for the error
   * @throws ElasticsearchStatusException 403
   */
  static void refuse(IndexReader reader, String reads, String field) {
    for (LeafReaderContext leaf : reader.leaves()) {
      if (leaf.reader().getFieldInfos().fieldInfo(field) == null
          && FilterLeafReader.unwrap(leaf.reader()).getFieldInfos().fieldInfo(field) != null) {
        throw new ElasticsearchStatusException(
            "[neural] "
                + reads
                + " reads field ["
                + field
                + "], which field level security hides from this caller",
            RestStatus.FORBIDDEN);
      }
    }
  }
}
