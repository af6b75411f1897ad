// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Exposures of parts, added in the order of the parts, each as soon as those before it are there:
 * the same bits in whatever order they come, and no more kept of a whole catalogue than those that
 * came early.
 */
final class ExposureSum {
  private final Map<Integer, Exposure> early = new TreeMap<>();
  private Optional<Exposure> sum = Optional.empty();
  private int next;

  /** One part's, once a part; it is the sum's from here on. */
  synchronized void put(int part, Exposure exposure) {
    early.put(part, exposure);
    for (Exposure one = early.remove(next); one != null; one = early.remove(++next)) {
      if (sum.isPresent()) {
        sum.get().merge(one);
      } else {
        sum = Optional.of(one);
      }
    }
  }

  /** How many wait for those before them. */
  synchronized int waiting() {
    return early.size();
  }

  /** The sum of all. */
  synchronized Exposure whole() {
    if (!early.isEmpty()) {
      throw new IllegalStateException("parts wait for part " + next + ", which never came");
    }
    return sum.orElseThrow();
  }
}
