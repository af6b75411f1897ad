// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.HashMap;
import java.util.Map;

/**
 * Lets one of each kind through a minute: what goes wrong in every search is to be seen in the log
 * and not to fill it.
 */
final class OnceAMinute {
  static final long MILLIS = 60_000;

  /** Kinds that are remembered. */
  private static final int MOST = 1_000;

  private final Map<String, Long> last = new HashMap<>();

  /**
   * Whether this one goes through.
   *
   * @param now of a clock that only moves forward, in milliseconds
   */
  synchronized boolean lets(String kind, long now) {
    Long before = last.get(kind);
    if (before != null && now - before < MILLIS) {
      return false;
    }
    if (last.size() >= MOST) {
      last.clear();
    }
    last.put(kind, now);
    return true;
  }
}
