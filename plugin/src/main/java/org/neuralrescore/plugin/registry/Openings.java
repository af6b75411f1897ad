// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.neuralrescore.plugin.serving.OpeningHeap;

/**
 * Lets a few models at a time be opened, the others after them: a model's files are on the heap
 * from the first that is read until it is open. What they take is counted in Elasticsearch's
 * breaker of requests, as an upload's is.
 */
public final class Openings {
  /** The file, and the graph as it is written anew. */
  private static final int COPIES = 2;

  private final CircuitBreaker heap;
  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;
  private boolean starting;

  /** So many at a time. */
  public Openings(CircuitBreaker heap, int most) {
    this.heap = heap;
    this.most = most;
  }

  /**
   * Counts what opening a model takes.
   *
   * @return the bytes that {@link #end} gives back
   * @throws org.elasticsearch.common.breaker.CircuitBreakingException where there is no room
   */
  long count(ModelEntry entry) {
    long files =
        entry.stored() instanceof FileParts parts
            ? parts.bytes().values().stream().mapToLong(Integer::longValue).sum()
            : 0;
    long bytes = COPIES * files + OpeningHeap.reading(files);
    heap.addEstimateBytesAndMaybeBreak(bytes, "neural-rescore opening of [" + entry.id() + "]");
    return bytes;
  }

  /** Starts an opening in this thread or, where as many are under way, in one that ends another. */
  void begin(Runnable opening) {
    synchronized (this) {
      waiting.add(opening);
    }
    start();
  }

  /** An opening has come to its end, whichever. */
  void end(long counted) {
    heap.addWithoutBreaking(-counted);
    synchronized (this) {
      running--;
    }
    start();
  }

  /** One thread starts them: one that ends at once adds nothing to its stack. */
  private void start() {
    while (true) {
      Runnable next;
      synchronized (this) {
        if (starting || running == most || waiting.isEmpty()) {
          return;
        }
        starting = true;
        running++;
        next = waiting.poll();
      }
      try {
        next.run();
      } finally {
        synchronized (this) {
          starting = false;
        }
      }
    }
  }
}
