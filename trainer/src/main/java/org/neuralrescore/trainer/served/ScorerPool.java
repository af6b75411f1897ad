// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;

/**
 * Scorers of one bundle, which have buffers of their own: a thread borrows one for a run. Close it
 * when nobody borrows.
 */
final class ScorerPool implements AutoCloseable {
  private final Queue<OnnxScorer> idle = new ConcurrentLinkedQueue<>();
  private final Supplier<OnnxScorer> opener;

  ScorerPool(Supplier<OnnxScorer> opener) {
    this.opener = opener;
  }

  /** Runs with a scorer that comes back however the run ends. */
  void lend(Consumer<OnnxScorer> run) {
    OnnxScorer free = idle.poll();
    OnnxScorer scorer = free == null ? opener.get() : free;
    try {
      run.accept(scorer);
    } finally {
      idle.add(scorer);
    }
  }

  @Override
  public void close() {
    for (OnnxScorer scorer = idle.poll(); scorer != null; scorer = idle.poll()) {
      scorer.close();
    }
  }
}
