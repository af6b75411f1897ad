// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.TimeValue;

/**
 * Documents that no entry names: they may be of an upload whose entry is still to come, so each has
 * a grace from when it was first seen. Not thread-safe.
 */
final class Orphans {
  private final TimeValue grace;
  private Map<String, Long> firstSeen = new HashMap<>();

  Orphans(TimeValue grace) {
    this.grace = grace;
  }

  /**
   * What has been without an entry for longer than the grace. Forgets what is not an orphan now.
   *
   * @param now in milliseconds, only forward
   */
  List<String> due(Collection<String> orphans, long now) {
    Map<String, Long> seen = new HashMap<>();
    List<String> due = new ArrayList<>();
    for (String document : orphans) {
      long since = firstSeen.getOrDefault(document, now);
      seen.put(document, since);
      if (now - since >= grace.millis()) {
        due.add(document);
      }
    }
    firstSeen = seen;
    return due;
  }
}
