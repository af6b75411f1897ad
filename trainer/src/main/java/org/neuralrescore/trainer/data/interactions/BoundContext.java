// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.List;
import org.neuralrescore.trainer.model.ContextColumn;

/**
 * Context tables as a scorer reads them, the last one kept bound: a ranking asks case after case of
 * one table, and a binding looks at all its texts. Thread-safe.
 */
public final class BoundContext {
  private final List<ContextColumn> known;
  private volatile Binding last;

  private static final class Binding {
    private final ContextTable table;
    private final ContextRows rows;

    Binding(ContextTable table, List<ContextColumn> known) {
      this.table = table;
      rows = new ContextRows(table, known);
    }
  }

  /** For the columns that a scorer reads. */
  public BoundContext(List<ContextColumn> known) {
    this.known = List.copyOf(known);
    last = new Binding(ContextTable.NONE, known);
  }

  /** A table, bound. */
  public ContextRows of(ContextTable table) {
    Binding binding = last;
    if (binding.table != table) {
      binding = new Binding(table, known);
      last = binding;
    }
    return binding.rows;
  }
}
