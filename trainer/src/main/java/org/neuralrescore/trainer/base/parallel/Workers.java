// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.parallel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fixed number of threads that run the numbered parts of a job. Parts may run in any order and on
 * any thread, so a job is deterministic when its parts write to places of their own and its
 * reduction walks the parts in order. The caller's thread works too: one worker starts no thread.
 */
public final class Workers implements AutoCloseable {
  /** The work of one numbered part. */
  @FunctionalInterface
  public interface Part {
    /**
     * Does one part.
     *
     * @param part from 0 to parts - 1
     */
    void run(int part);
  }

  private final int threads;
  private final ExecutorService pool;

  /**
   * @param threads at least 1, the caller's own included
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("workers expect at least 1 thread, got " + threads);
    }
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "trainer-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs parts {@code 0 .. parts - 1} and returns when all are done. What a part throws is thrown
   * here, after the parts under way ended; parts not begun are then left out.
   */
  public void run(int parts, Part work) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable loop =
        () -> {
          for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
            try {
              work.run(part);
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
              next.set(parts);
            }
          }
        };
    int others = Math.min(threads, parts) - 1;
    CountDownLatch ended = new CountDownLatch(Math.max(0, others));
    for (int i = 0; i < others; i++) {
      pool.execute(
          () -> {
            loop.run();
            ended.countDown();
          });
    }
    loop.run();
    awaitQuietly(ended);
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /**
   * Runs rows {@code [from, to)} in parts of {@code size} rows.
   *
   * @param size rows a part, a constant of the job: never derived from the number of threads
   */
  public void runRows(int rows, int size, Rows work) {
    int parts = parts(rows, size);
    run(parts, part -> work.run(part, part * size, Math.min(rows, (part + 1) * size)));
  }

  /** The number of parts that {@link #runRows} cuts. */
  public static int parts(int rows, int size) {
    return (rows + size - 1) / size;
  }

  /** The work of one run of rows. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Does one run of rows.
     *
     * @param part the part's number
     * @param from first row
     * @param to behind the last row
     */
    void run(int part, int from, int to);
  }

  // Parts hold no resources that an interrupt could free, and returning early would let the caller
  // read half-written results: the interrupt is kept for the caller's next blocking call.
  private static void awaitQuietly(CountDownLatch ended) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
