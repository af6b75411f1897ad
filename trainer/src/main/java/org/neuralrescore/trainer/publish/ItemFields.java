package org.neuralrescore.trainer.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Manifest;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ItemFeatures;

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
  record Field(String name, boolean number, FactorMatrix rows) {
    /** What a document of this item gets; nothing where the row is zero. */
    void put(int item, Map<String, Object> fields) {
      if (!rows.isZero(item)) {
        fields.put(name, number ? (Object) rows.values()[item] : rows.row(item));
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
  static List<Field> of(Bundle bundle) {
    Manifest manifest = bundle.manifest();
    List<Manifest.Input> vectors = manifest.itemVectors();
    boolean whole = bundle.itemFeatures().blocks().equals(manifest.inputs().features());
    if (vectors.isEmpty()
        || vectors.get(0).width() != manifest.rank()
        || (vectors.size() > 1 && !whole)
        || vectors.stream().anyMatch(input -> input.field().isEmpty())) {
      throw new UserError(
          Kind.MISMATCH,
          "model ["
              + manifest.name()
              + "/"
              + manifest.generation()
              + "] expects an item_vector input of width "
              + manifest.rank()
              + " and rows in "
              + Manifest.ITEM_FEATURES
              + " for others, got "
              + vectors.stream().map(input -> input.name() + " of " + input.width()).toList()
              + ": publish its documents with your own means");
    }
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(vectors.get(0).field().get(), false, bundle.itemFactors()));
    // Numbers without rows are the deployment's own: a bundle made elsewhere may read a price.
    if (whole) {
      List<Manifest.Input> inputs = manifest.itemFeatures();
      for (int i = 0; i < inputs.size(); i++) {
        FeatureBlock block = bundle.itemFeatures().blocks().get(i);
        fields.add(
            new Field(
                inputs.get(i).field().orElseThrow(() -> noField(bundle, block)),
                block.kind() == FeatureBlock.Kind.NUMBER,
                rows(bundle.itemFeatures(), block)));
      }
    }
    return fields;
  }

  private static UserError noField(Bundle bundle, FeatureBlock block) {
    return new UserError(
        Kind.MISMATCH,
        "model ["
            + bundle.reference()
            + "] input ["
            + block.name()
            + "] names no field; write its manifest as onnx-models/README.md says");
  }

  private static FactorMatrix rows(ItemFeatures features, FeatureBlock block) {
    float[] rows = new float[features.items() * block.width()];
    int column = features.column(block);
    for (int item = 0; item < features.items(); item++) {
      System.arraycopy(
          features.rows(),
          item * features.width() + column,
          rows,
          item * block.width(),
          block.width());
    }
    return new FactorMatrix(features.items(), block.width(), rows);
  }
}
