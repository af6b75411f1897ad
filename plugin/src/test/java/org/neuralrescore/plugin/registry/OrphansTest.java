// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.elasticsearch.core.TimeValue;
import org.junit.jupiter.api.Test;

class OrphansTest {
  private final Orphans orphans = new Orphans(TimeValue.timeValueMillis(100));

  @Test
  void due_isWhatHasBeenAnOrphanForTheWholeGrace() {
    assertEquals(List.of(), orphans.due(List.of("a"), 1_000));
    assertEquals(List.of(), orphans.due(List.of("a", "b"), 1_099));
    assertEquals(List.of("a"), orphans.due(List.of("a", "b"), 1_100));
    assertEquals(List.of("a", "b"), orphans.due(List.of("a", "b"), 1_199));
  }

  @Test
  void due_ofWhatWasNamedMeanwhile_beginsAnew() {
    orphans.due(List.of("a"), 0);
    orphans.due(List.of(), 50);
    assertEquals(List.of(), orphans.due(List.of("a"), 100));
    assertEquals(List.of("a"), orphans.due(List.of("a"), 200));
  }
}
