// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.index.fielddata.IndexFieldData;
import org.elasticsearch.index.fielddata.SortedBinaryDocValues;
import org.elasticsearch.index.mapper.IdFieldMapper;
import org.elasticsearch.index.mapper.Uid;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.NeighbourList;
import org.neuralrescore.plugin.lucene.Column;
import org.neuralrescore.plugin.lucene.LeafColumn;
import org.neuralrescore.plugin.lucene.NeighbourReader;
import org.neuralrescore.plugin.lucene.TouchedItems;

/**
 * What the items that the user touched say of a hit, from its neighbours in a {@code binary} field.
 *
 * @param touched of the search's user
 * @param width 1 or 3
 */
record NeighbourColumn(String field, IndexFieldData<?> data, TouchedItems touched, int width)
    implements Column, NeighbourReader {
  @Override
  public LeafColumn open(LeafReaderContext leaf) throws IOException {
    SortedBinaryDocValues values = data.load(leaf).getBytesValues();
    return (doc, buffer, offset) -> {
      if (!values.advanceExact(doc)) {
        return false;
      }
      BytesRef bytes = values.nextValue();
      try {
        touched.sum(bytes, buffer, offset, width);
      } catch (InvalidBundleException e) {
        throw damaged(leaf, doc, e);
      }
      return true;
    };
  }

  @Override
  public Optional<NeighbourList> read(LeafReaderContext leaf, int doc) throws IOException {
    SortedBinaryDocValues values = data.load(leaf).getBytesValues();
    return values.advanceExact(doc)
        ? Optional.of(NeighbourList.read(BytesRef.deepCopyOf(values.nextValue()).bytes))
        : Optional.empty();
  }

  private ModelFailure damaged(LeafReaderContext leaf, int doc, InvalidBundleException why)
      throws IOException {
    BytesRef id =
        leaf.reader()
            .storedFields()
            .document(doc, Set.of(IdFieldMapper.NAME))
            .getBinaryValue(IdFieldMapper.NAME);
    return new ModelFailure(
        FailureCause.FIELD_NOT_FIT,
        "document "
            + (id == null
                ? "number " + (leaf.docBase + doc)
                : "[" + Uid.decodeId(id.bytes, id.offset, id.length) + "]")
            + " has a field ["
            + field
            + "] that this model cannot read, publish it again: "
            + why.getMessage());
  }
}
