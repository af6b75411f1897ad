// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.function.LongSupplier;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.lucene.Cancellation;

/**
 * The check of an uploaded model and its first runs: they end where the upload is cancelled, and
 * {@value #MOST_MILLIS} ms after they began. What an upload waits for others is no part of that.
 */
public final class Probe implements Cancellation {
  static final long MOST_MILLIS = 30_000;

  private final Runnable ensureNotCancelled;
  private final LongSupplier millis;
  private volatile long until = Long.MAX_VALUE;

  /**
   * A probe whose time has not begun: only a cancellation ends it yet.
   *
   * @param ensureNotCancelled throws where the upload is cancelled; from any thread
   * @param millis a clock that only moves forward
   */
  public Probe(Runnable ensureNotCancelled, LongSupplier millis) {
    this.ensureNotCancelled = ensureNotCancelled;
    this.millis = millis;
  }

  /** The check begins now, in a thread of its own. */
  public void begin() {
    until = millis.getAsLong() + MOST_MILLIS;
    check();
  }

  @Override
  public void check() {
    ensureNotCancelled.run();
    if (millis.getAsLong() > until) {
      throw new InvalidBundleException(
          "the check of the model and its parity rows takes longer than "
              + MOST_MILLIS
              + " ms: give fewer of them, or a smaller model");
    }
  }
}
