// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.Optional;
import org.neuralrescore.plugin.graph.Linear;

/**
 * What a model takes, known before it is opened.
 *
 * @param openBytes as long as it is open: outside of the heap, and on it what is kept of its
 *     manifest
 * @param runBytes outside of the heap a run of the scorer, by rows: at most a chunk of a window at
 *     a time
 * @param encodeBytes a run of the user encoder, by items of the history
 */
public record ModelCost(long openBytes, Linear runBytes, Optional<Linear> encodeBytes) {
  /** What any run of the scorer takes. */
  public long runBase() {
    return runBytes.base();
  }

  /** What each of its rows adds. */
  public long runRow() {
    return runBytes.perRow();
  }

  /** What any run of the user encoder takes; 0 where there is none. */
  public long encodeBase() {
    return encodeBytes.map(Linear::base).orElse(0L);
  }

  /** What each item of a history adds. */
  public long encodeItem() {
    return encodeBytes.map(Linear::perRow).orElse(0L);
  }
}
