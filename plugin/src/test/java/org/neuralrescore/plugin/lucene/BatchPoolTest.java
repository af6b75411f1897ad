// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
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
}
