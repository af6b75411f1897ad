// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import java.util.List;
import java.util.Objects;

/**
 * An item's text.
 *
 * @param id as in the interactions
 * @param title shown and searched
 * @param description searched, may be empty
 * @param categories may be empty
 */
public record CatalogueItem(String id, String title, String description, List<String> categories) {
  public CatalogueItem {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    categories = List.copyOf(categories);
  }
}
