package org.neuralrescore.plugin.lucene;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends batches of one layout to threads, so that a window allocates no buffers once the pool is
 * warm. Keeps as many as there are processors; larger batches than {@value #MAX_KEPT_BYTES} bytes
 * are let go.
 */
public final class BatchPool {
  private static final long MAX_KEPT_BYTES = 16L << 20;

  private final BatchLayout layout;
  private final ConcurrentLinkedQueue<FeatureBatch> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final int most = Runtime.getRuntime().availableProcessors();

  public BatchPool(BatchLayout layout) {
    this.layout = layout;
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
    batch.reset(rows);
    return batch;
  }

  /** Takes a batch back; the caller must not use it any more. */
  public void giveBack(FeatureBatch batch) {
    if (batch.bytes() > MAX_KEPT_BYTES) {
      return;
    }
    if (kept.incrementAndGet() <= most) {
      free.add(batch);
    } else {
      kept.decrementAndGet();
    }
  }
}
