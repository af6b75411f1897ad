// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends batches of one layout to threads, so that a window allocates no buffers once the pool is
 * warm. Keeps as many as there are processors; larger batches than {@value #MAX_KEPT_BYTES} bytes
 * are let go. What its batches take is counted, lent or kept.
 */
public final class BatchPool implements AutoCloseable {
  private static final long MAX_KEPT_BYTES = 16L << 20;

  private final BatchLayout layout;
  private final MemoryAccount memory;
  private final ConcurrentLinkedQueue<FeatureBatch> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final int most = Runtime.getRuntime().availableProcessors();

  public BatchPool(BatchLayout layout) {
    this(layout, MemoryAccount.UNBOUNDED);
  }

  public BatchPool(BatchLayout layout, MemoryAccount memory) {
    this.layout = layout;
    this.memory = memory;
  }

  /** The widths of its batches. */
  public BatchLayout layout() {
    return layout;
  }

  /** A batch of so many rows for the caller alone, who gives it back with {@link #giveBack}. */
  public FeatureBatch take(int rows) {
    FeatureBatch batch = free.poll();
    if (batch == null) {
      batch = new FeatureBatch(layout);
    } else {
      kept.decrementAndGet();
    }
    boolean taken = false;
    long more = batch.bytesFor(rows) - batch.bytes();
    try {
      memory.take(more, "a window of " + rows);
      try {
        batch.reset(rows);
        taken = true;
        return batch;
      } finally {
        if (!taken) {
          memory.giveBack(more);
        }
      }
    } finally {
      if (!taken) {
        giveBack(batch);
      }
    }
  }

  /** Takes a batch back; the caller must not use it any more. */
  public void giveBack(FeatureBatch batch) {
    if (batch.bytes() <= MAX_KEPT_BYTES && kept.incrementAndGet() <= most) {
      free.add(batch);
      return;
    }
    if (batch.bytes() <= MAX_KEPT_BYTES) {
      kept.decrementAndGet();
    }
    batch.keep(BatchView.NONE);
    memory.giveBack(batch.bytes());
  }

  /** Lets go what it keeps, once no batch is lent any more. */
  @Override
  public void close() {
    letGo();
  }

  /** Lets go the batches that are not lent now; the next window makes its own again. */
  public void letGo() {
    for (FeatureBatch batch = free.poll(); batch != null; batch = free.poll()) {
      kept.decrementAndGet();
      batch.keep(BatchView.NONE);
      memory.giveBack(batch.bytes());
    }
  }
}
