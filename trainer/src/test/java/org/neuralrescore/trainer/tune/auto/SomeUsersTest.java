// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.planted.PlantedTastes;

class SomeUsersTest {
  @Test
  void of_isWholeHistories_ofAboutSoMany() {
    Histories all = new PlantedTastes(4, 80, 60, 8, 5).interactions().histories();
    assertSame(all, SomeUsers.of(all, all.size(), 3));
    Histories some = SomeUsers.of(all, all.size() / 4, 3);
    assertEquals(0.25, (double) some.size() / all.size(), 0.12);
    for (int user = 0; user < all.userCount(); user++) {
      assertTrue(some.length(user) == 0 || some.length(user) == all.length(user));
    }
  }
}
