// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.neighbour;

import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/**
 * The item-to-item weights that were learned last: who asks again, from the start to the epochs or
 * from one candidate of a search to the next, gets them without waiting. Holds one set, which may
 * be as large as all items by all items.
 */
public final class LearnedWeights {
  private record Entry(Teacher teacher, SparseMatrix rows, ItemWeights weights) {}

  private Optional<Entry> last = Optional.empty();

  /**
   * What a teacher teaches of these rows.
   *
   * @param rows the same object for the same rows
   * @param workers stay the caller's
   */
  public ItemWeights of(Teacher teacher, SparseMatrix rows, Histories histories, Workers workers) {
    if (last.isEmpty() || last.get().rows() != rows || !last.get().teacher().equals(teacher)) {
      // Not both at once.
      last = Optional.empty();
      last = Optional.of(new Entry(teacher, rows, teacher.learn(rows, histories, workers)));
    }
    return last.get().weights();
  }
}
