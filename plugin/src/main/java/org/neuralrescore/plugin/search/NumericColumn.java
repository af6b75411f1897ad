// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.index.fielddata.IndexNumericFieldData;
import org.elasticsearch.index.fielddata.SortedNumericDoubleValues;
import org.neuralrescore.plugin.lucene.Column;
import org.neuralrescore.plugin.lucene.LeafColumn;

/** A numeric field's doc values; the smallest where a doc has several. */
record NumericColumn(IndexNumericFieldData data) implements Column {
  @Override
  public LeafColumn open(LeafReaderContext leaf) {
    SortedNumericDoubleValues values = data.load(leaf).getDoubleValues();
    return (doc, buffer, offset) -> {
      if (!values.advanceExact(doc)) {
        return false;
      }
      buffer.put(offset, (float) values.nextValue());
      return true;
    };
  }
}
