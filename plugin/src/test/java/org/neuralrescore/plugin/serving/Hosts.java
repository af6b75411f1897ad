// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.plugin.onnx.RunTerms;
import org.neuralrescore.plugin.onnx.RunWatch;

/** Nodes to open models on, without Elasticsearch. */
public final class Hosts {
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "run-watch");
            thread.setDaemon(true);
            return thread;
          });

  private Hosts() {}

  /** Memory without bounds. */
  public static Host free() {
    return counting(MemoryAccount.UNBOUNDED);
  }

  public static Host counting(MemoryAccount memory) {
    return new Host(new RunTerms(watch(), memory), () -> ModelLimits.DEFAULT);
  }

  /** A probe that nobody cancels, without a clock. */
  public static Probe probe() {
    return new Probe(() -> {}, () -> 0);
  }

  /** A watch that looks as a node's does. */
  @SuppressWarnings(
      "FutureReturnValueIgnored") // A run that nobody looks at any more is no failure.
  public static RunWatch watch() {
    return new RunWatch((millis, task) -> TIMER.schedule(task, millis, TimeUnit.MILLISECONDS));
  }
}
