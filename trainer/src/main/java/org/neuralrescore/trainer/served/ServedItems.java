// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served;

import java.util.BitSet;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;

/**
 * A bundle's items in the order of newer data, zeros for those that it does not know, as a document
 * without a vector or a feature has them in a search.
 */
final class ServedItems {
  private final int rank;
  private final int[] ordinals;
  private final BitSet withVector = new BitSet();
  private final float[] vectors;
  private final float[] features;

  /**
   * @param ids the items of the newer data
   * @throws UserError of kind MISMATCH where the scorer reads of items what the bundle lacks
   */
  ServedItems(Bundle bundle, Ids ids) {
    requireFeatures(bundle);
    rank = bundle.manifest().rank();
    ordinals = new int[ids.size()];
    vectors = new float[Math.multiplyExact(ids.size(), rank)];
    FactorMatrix factors = bundle.itemFactors();
    ItemFeatures served = bundle.itemFeatures();
    int width = served.width();
    features = new float[Math.multiplyExact(ids.size(), width)];
    for (int item = 0; item < ordinals.length; item++) {
      int row = bundle.items().row(ids.get(item)).orElse(-1);
      ordinals[item] = row;
      if (row >= 0) {
        withVector.set(item, !factors.isZero(row));
        System.arraycopy(factors.values(), row * rank, vectors, item * rank, rank);
        System.arraycopy(served.rows(), row * width, features, item * width, width);
      }
    }
  }

  private static void requireFeatures(Bundle bundle) {
    if (bundle.inputs().wide() != bundle.wide().isPresent()) {
      throw lacking(bundle, "neighbours", BundleFiles.NEIGHBOUR_OFFSETS);
    }
    if (!bundle.itemFeatures().blocks().equals(bundle.inputs().features())) {
      throw lacking(
          bundle,
          bundle.stored().featureInputs().stream().map(InputSource::name).toList() + " of items",
          BundleFiles.ITEM_FEATURES);
    }
  }

  private static UserError lacking(Bundle bundle, String what, String file) {
    return new UserError(
        UserError.Kind.MISMATCH,
        "bundle ["
            + bundle.reference()
            + "] has a scorer that reads "
            + what
            + " and no "
            + file
            + ", so it cannot rank offline; add the file as onnx-models/README.md says");
  }

  int size() {
    return ordinals.length;
  }

  /** The item's row in the bundle, negative where it has none. */
  int ordinal(int item) {
    return ordinals[item];
  }

  /**
   * Whether the item says something of who touched it: in a search, one without a vector does not.
   */
  boolean hasVector(int item) {
    return withVector.get(item);
  }

  /** Copies an item's vector. */
  void copyVector(int item, float[] to, int at) {
    System.arraycopy(vectors, item * rank, to, at, rank);
  }

  /** Row-major [items x rank], not a copy. */
  float[] vectors() {
    return vectors;
  }

  /** Row-major [items x features], not a copy. */
  float[] features() {
    return features;
  }
}
