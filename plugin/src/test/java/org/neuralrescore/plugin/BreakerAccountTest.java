// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
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

    @Override
    public long getUsed() {
      return taken;
    }

    @Override
    public long getLimit() {
      return most;
    }

    @Override
    public double getOverhead() {
      return 1;
    }
  }

  private static BreakerAccount.Relief relief(Runnable buffers, BooleanSupplier model) {
    return new BreakerAccount.Relief() {
      @Override
      public void letGoBuffers() {
        buffers.run();
      }

      @Override
      public boolean closeModel() {
        return model.getAsBoolean();
      }
    };
  }

  @Test
  void take_whereIdleModelsHoldTheRoom_closesAsManyAsItNeeds() {
    account.bind(room);
    List<String> done = new ArrayList<>();
    Deque<Long> models = new ArrayDeque<>(List.of(100L, 200L, 300L));
    models.forEach(bytes -> account.take(bytes, "a model"));
    account.relieveBy(
        relief(
            () -> done.add("buffers"),
            () -> {
              if (models.isEmpty()) {
                return false;
              }
              done.add("model");
              account.giveBack(models.remove());
              return true;
            }));
    account.take(room.most - 600 + 250, "a window");
    assertEquals(List.of("buffers", "model", "model"), done);
    assertEquals(1, models.size());
    // What would not fit anyway closes nothing.
    assertThrows(CircuitBreakingException.class, () -> account.take(room.most + 1, "a window"));
    assertEquals(1, models.size());
    done.clear();
    assertThrows(CircuitBreakingException.class, () -> account.take(room.most, "a window"));
    assertEquals(List.of("buffers", "model"), done);
  }

  @Test
  void take_whereIdlePoolsHoldTheRoom_takesItFromThem() {
    account.bind(room);
    BatchPool idle = new BatchPool(layout, account);
    BatchPool busy = new BatchPool(layout, account);
    account.relieveBy(relief(idle::letGo, () -> false));
    idle.giveBack(idle.take(128));
    assertEquals(layout.bytes(128), room.taken);
    FeatureBatch batch = busy.take(100);
    assertEquals(layout.bytes(128), room.taken);
    // What is lent stays.
    busy.giveBack(batch);
    account.relieveBy(relief(busy::letGo, () -> false));
    FeatureBatch lent = busy.take(128);
    assertThrows(CircuitBreakingException.class, () -> busy.take(64));
    busy.giveBack(lent);
    busy.close();
    assertEquals(0, room.taken);
  }
}
