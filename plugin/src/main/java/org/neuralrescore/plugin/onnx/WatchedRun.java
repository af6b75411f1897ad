// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.ScoringException;

/**
 * The options of one run, which another thread may tell to end. ONNX Runtime looks between two
 * operators.
 */
final class WatchedRun implements AutoCloseable {
  private final RunWatch watch;
  private final Cancellation cancellation;
  private final RunOptions options;
  private boolean stopped;
  private boolean closed;

  WatchedRun(RunWatch watch, Cancellation cancellation) {
    this.watch = watch;
    this.cancellation = cancellation;
    try {
      this.options = new RunOptions();
    } catch (OrtException e) {
      throw new ScoringException("a run cannot be prepared: " + e.getMessage(), e);
    }
  }

  RunOptions options() {
    return options;
  }

  /** Called by the watch: ends the run where it shall not go on. */
  synchronized void look() {
    if (closed || stopped) {
      return;
    }
    try {
      cancellation.check();
    } catch (RuntimeException shallNotGoOn) {
      stopped = true;
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        throw new AssertionError("options that are open can be set", e);
      }
    }
  }

  /**
   * What a failed run is thrown as: what the cancellation says where the watch ended it.
   *
   * @param otherwise where it failed by itself
   */
  RuntimeException failure(ScoringException otherwise) {
    synchronized (this) {
      if (!stopped) {
        return otherwise;
      }
    }
    try {
      cancellation.check();
    } catch (RuntimeException why) {
      return why;
    }
    return new ScoringException("the run was ended from outside", otherwise);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      options.close();
    }
    watch.end(this);
  }
}
