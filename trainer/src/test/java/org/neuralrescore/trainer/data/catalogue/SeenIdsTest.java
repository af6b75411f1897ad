// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
  @Test
  void add_saysWhatASetOfTextsSays() {
    Random random = new Random(3);
    Set<String> set = new HashSet<>();
    SeenIds seen = new SeenIds();
    for (int i = 0; i < 20_000; i++) {
      String id = "item-" + random.nextInt(10_000);
      assertEquals(set.add(id), seen.add(id), id);
    }
  }
}
