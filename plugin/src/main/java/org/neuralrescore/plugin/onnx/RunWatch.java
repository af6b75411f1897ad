// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.neuralrescore.plugin.lucene.Cancellation;

/**
 * Looks after the runs of a node from a thread of its own and ends those that shall not go on: a
 * thread inside native code cannot look itself. Does nothing while nothing runs; a run that is over
 * before the next look costs an entry in a set.
 */
public final class RunWatch {
  /** Time between two looks. */
  public static final long LOOK_MILLIS = 20;

  private final Timer timer;
  private final Set<WatchedRun> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Runs a task later, on another thread than the caller's. */
  public interface Timer {
    void after(long millis, Runnable task);
  }

  public RunWatch(Timer timer) {
    this.timer = timer;
  }

  /** Watches a run until it is closed. */
  WatchedRun begin(Cancellation cancellation) {
    WatchedRun run = new WatchedRun(this, cancellation);
    running.add(run);
    lookLater();
    return run;
  }

  void end(WatchedRun run) {
    running.remove(run);
  }

  private void lookLater() {
    if (!running.isEmpty() && looking.compareAndSet(false, true)) {
      try {
        timer.after(LOOK_MILLIS, this::look);
      } catch (RuntimeException shutDown) {
        // The node stops: what runs is looked at between its chunks.
        looking.set(false);
      }
    }
  }

  private void look() {
    running.forEach(WatchedRun::look);
    looking.set(false);
    lookLater();
  }
}
