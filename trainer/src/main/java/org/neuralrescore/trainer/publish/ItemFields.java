// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.bundle.StoredRows;

/**
 * What a bundle keeps in the documents of items: the factors, then each block of features, every
 * one in a field of the generation's own. A row of zeros is not stored: a search takes zeros where
 * there is no value.
 */
final class ItemFields {
  /**
   * A field with its values.
   *
   * @param name of the field
   * @param number whether it is a number, else a vector
   * @param rows [items x width], in the order of the bundle's items
   */
  record Field(String name, boolean number, StoredRows rows) {
    /** What a document of this item gets; nothing where the row is zero. */
    void put(int item, Map<String, Object> fields) {
      if (!rows.isZero(item)) {
        fields.put(name, number ? (Object) rows.value(item, 0) : rows.row(item));
      }
    }
  }

  private ItemFields() {}

  /**
   * Finds them.
   *
   * @return the factors first
   * @throws UserError of kind MISMATCH where the bundle has no rows for a vector that it names
   */
  static List<Field> of(StoredBundle bundle) {
    ModelManifest manifest = bundle.manifest();
    List<InputSource.ItemVector> vectors = manifest.itemVectors();
    boolean whole = bundle.inputs().features().isEmpty() || bundle.itemFeatures().isPresent();
    if (vectors.isEmpty()
        || vectors.get(0).width() != manifest.rank()
        || (vectors.size() > 1 && !whole)) {
      throw new UserError(
          Kind.MISMATCH,
          "model ["
              + manifest.name()
              + "/"
              + manifest.generation()
              + "] expects an item_vector input of width "
              + manifest.rank()
              + " and rows in "
              + BundleFiles.ITEM_FEATURES
              + " for others, got "
              + vectors.stream().map(input -> input.name() + " of " + input.width()).toList()
              + ": publish its documents with your own means");
    }
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(vectors.get(0).field(), false, bundle.itemFactors()));
    // Numbers without rows are the deployment's own: a bundle made elsewhere may read a price.
    if (whole) {
      int column = 0;
      for (InputSource input : bundle.featureInputs()) {
        StoredRows rows = bundle.itemFeatures().orElseThrow().columns(column, input.width());
        column += input.width();
        if (input instanceof InputSource.DocValue number) {
          fields.add(new Field(number.field(), true, rows));
        } else if (input instanceof InputSource.ItemVector vector) {
          fields.add(new Field(vector.field(), false, rows));
        }
      }
    }
    return fields;
  }
}
