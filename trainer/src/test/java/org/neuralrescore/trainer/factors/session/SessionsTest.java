// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.SessionRule;

class SessionsTest {
  private static final Histories HISTORIES =
      Baskets.of(
          "u,a,1,86400",
          "u,b,1,86400",
          "u,c,1,90000",
          "v,a,1,86400",
          "v,b,1,259200",
          "w,c,1,86400");

  @Test
  void of_oneMoment_skipsAndCountsTheLoneFirstItems() {
    Sessions sessions = Sessions.of(HISTORIES, SessionRule.oneMoment());

    assertEquals(3, sessions.size());
    assertEquals(2, sessions.skipped(), "v's first and w's only");
    assertEquals(2, sessions.end(0) - sessions.start(0));
    assertEquals(0, sessions.user(1));
    assertEquals(2, sessions.start(1), "a lone item with a past is asked for");
    assertEquals(1, sessions.user(2));
  }

  @Test
  void of_wholeDays_joinsWhatFallsIntoOne() {
    Sessions sessions = Sessions.of(HISTORIES, new SessionRule(1));

    assertEquals(2, sessions.size());
    assertEquals(0, sessions.start(0));
    assertEquals(3, sessions.end(0));
  }
}
