// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchPoolTest {
  private final BatchPool pool = new BatchPool(new BatchLayout(4, 4, 1));

  @Test
  void take_afterGiveBack_reusesTheBuffers() {
    FeatureBatch batch = pool.take(100);
    Object buffer = batch.input(0);
    pool.giveBack(batch);
    FeatureBatch again = pool.take(90);
    assertSame(batch, again);
    assertSame(buffer, again.input(0));
    assertEquals(90, again.rows());
    assertEquals(90 * 4, again.input(0).remaining());
    assertEquals(90, again.outputs().remaining());
  }

  @Test
  void take_whileAnotherIsOut_givesAnother() {
    assertNotSame(pool.take(10), pool.take(10));
  }

  @Test
  void take_ofMoreRows_growsTheBuffers() {
    FeatureBatch batch = pool.take(10);
    pool.giveBack(batch);
    FeatureBatch larger = pool.take(1_000);
    assertEquals(4_000, larger.input(0).remaining());
    assertEquals(1_000, larger.input(1).remaining());
  }

  /** Else it would keep more than its bytes say, exactly where direct memory is short. */
  @Test
  void reset_thatFailsHalfWay_leavesTheBatchAsItWas() {
    AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
    FeatureBatch batch =
        new FeatureBatch(
            new BatchLayout(4, 4, 1),
            floats -> {
              if (room.decrementAndGet() < 0) {
                throw new ScoringException("no direct memory left");
              }
              return FloatBuffer.allocate(floats);
            });
    batch.reset(10);
    Object before = batch.input(0);
    long bytes = batch.bytes();
    room.set(1);
    assertThrows(ScoringException.class, () -> batch.reset(1_000));
    assertSame(before, batch.input(0));
    assertEquals(bytes, batch.bytes());
  }

  @Test
  void buffers_areDirectAndInNativeOrder() {
    FeatureBatch batch = pool.take(10);
    assertTrue(batch.input(0).isDirect() && batch.user().isDirect() && batch.outputs().isDirect());
    assertEquals(ByteOrder.nativeOrder(), batch.input(0).order());
  }

  @Test
  void giveBack_ofAVeryLargeBatch_letsItGo() {
    BatchPool wide = new BatchPool(new BatchLayout(1, 4_096));
    FeatureBatch large = wide.take(2_000);
    wide.giveBack(large);
    assertNotSame(large, wide.take(1));
  }

  @Test
  void keep_closesTheViewBefore() {
    FeatureBatch batch = pool.take(10);
    AtomicInteger closed = new AtomicInteger();
    batch.keep(closed::incrementAndGet);
    pool.giveBack(batch);
    assertSame(batch, pool.take(10));
    assertEquals(0, closed.get());
    batch.keep(BatchView.NONE);
    assertEquals(1, closed.get());
  }

  @Test
  void view_isClosedOnceWithItsBuffers() {
    AtomicInteger closed = new AtomicInteger();
    FeatureBatch batch = pool.take(10);
    batch.keep(closed::incrementAndGet);
    pool.giveBack(batch);
    pool.take(1_000);
    assertEquals(1, closed.get(), "grown");
    batch.keep(closed::incrementAndGet);
    pool.giveBack(batch);
    pool.close();
    assertEquals(2, closed.get(), "the pool is closed");
    BatchPool wide = new BatchPool(new BatchLayout(1, 4_096));
    FeatureBatch large = wide.take(2_000);
    large.keep(closed::incrementAndGet);
    wide.giveBack(large);
    assertEquals(3, closed.get(), "let go");
  }
}
