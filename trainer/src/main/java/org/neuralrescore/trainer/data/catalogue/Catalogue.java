// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import java.util.List;
import java.util.stream.Stream;

/** Items with their texts, each once, read as often as they are asked for. */
@FunctionalInterface
public interface Catalogue {
  /** The items, always in the same order; the caller closes the stream. */
  Stream<CatalogueItem> items();

  /** One in memory. */
  static Catalogue of(List<CatalogueItem> items) {
    return items::stream;
  }
}
