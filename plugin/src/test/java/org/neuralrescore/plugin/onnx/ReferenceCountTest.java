// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReferenceCountTest {
  private final AtomicInteger closed = new AtomicInteger();
  private final ReferenceCount count = new ReferenceCount(closed::incrementAndGet);

  @Test
  void release_byTheOwner_whileInUse_closesWithTheLastUser() {
    assertTrue(count.acquire());
    count.release();
    assertEquals(0, closed.get());
    count.release();
    assertEquals(1, closed.get());
  }

  @Test
  void acquire_afterClose_isRefused() {
    count.release();
    assertFalse(count.acquire());
    assertEquals(0, count.count());
  }

  @Test
  void release_onceTooOften_fails() {
    count.release();
    assertThrows(IllegalStateException.class, count::release);
    assertEquals(1, closed.get());
  }

  @Test
  void acquireAndRelease_fromManyThreads_closesOnceAndNeverUnderAUser() throws Exception {
    // Bounded: users that overlap without end would keep the resource open without end.
    int most = 20_000;
    AtomicInteger usedClosed = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(8);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> users = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        Callable<Integer> user =
            () -> {
              int uses = 0;
              begun.countDown();
              while (uses < most && count.acquire()) {
                usedClosed.addAndGet(closed.get());
                count.release();
                uses++;
              }
              return uses;
            };
        users.add(threads.submit(user));
      }
      begun.await();
      count.release();
      for (Future<Integer> user : users) {
        user.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, closed.get());
    assertEquals(0, usedClosed.get());
    assertEquals(0, count.count());
  }
}
