// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What to call an item: its title, or its id where it is in no catalogue. */
public final class Titles {
  private final Map<String, String> byId = new HashMap<>();

  /** The titles of a catalogue. */
  public Titles(List<CatalogueItem> catalogue) {
    catalogue.forEach(item -> byId.put(item.id(), item.title()));
  }

  /** A title, or the id itself. */
  public String of(String id) {
    return byId.getOrDefault(id, id);
  }
}
