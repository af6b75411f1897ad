// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.breaker.NoopCircuitBreaker;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.FeatureBatch;

class BreakerAccountTest {
  private final BatchLayout layout = new BatchLayout(8, 8);
  private final Room room = new Room(layout.bytes(128));
  private final BreakerAccount account = new BreakerAccount();

  /** A breaker of so many bytes. */
  private static final class Room extends NoopCircuitBreaker {
    private final long most;
    private long taken;

    Room(long most) {
      super("room");
      this.most = most;
    }

    @Override
    public void addEstimateBytesAndMaybeBreak(long bytes, String what) {
      if (taken + bytes > most) {
        throw new CircuitBreakingException("full", CircuitBreaker.Durability.TRANSIENT);
      }
      taken += bytes;
    }

    @Override
    public void addWithoutBreaking(long bytes) {
      taken += bytes;
    }
  }

  @Test
  void take_whereIdlePoolsHoldTheRoom_takesItFromThem() {
    account.bind(room);
    BatchPool idle = new BatchPool(layout, account);
    BatchPool busy = new BatchPool(layout, account);
    account.relieveBy(idle::letGo);
    idle.giveBack(idle.take(128));
    assertEquals(layout.bytes(128), room.taken);
    FeatureBatch batch = busy.take(100);
    assertEquals(layout.bytes(128), room.taken);
    // What is lent stays.
    busy.giveBack(batch);
    account.relieveBy(busy::letGo);
    FeatureBatch lent = busy.take(128);
    assertThrows(CircuitBreakingException.class, () -> busy.take(64));
    busy.giveBack(lent);
    busy.close();
    assertEquals(0, room.taken);
  }
}
