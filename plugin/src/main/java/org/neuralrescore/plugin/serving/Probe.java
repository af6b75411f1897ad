// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.function.LongSupplier;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.lucene.Cancellation;

/**
 * The check of an uploaded model and its first runs: they end where the upload is cancelled, and
 * after {@value #MOST_MILLIS} ms.
 */
public final class Probe implements Cancellation {
  static final long MOST_MILLIS = 30_000;

  private final Runnable ensureNotCancelled;
  private final LongSupplier millis;
  private final long until;

  /**
   * Begins now.
   *
   * @param ensureNotCancelled throws where the upload is cancelled; from any thread
   * @param millis a clock that only moves forward
   */
  public Probe(Runnable ensureNotCancelled, LongSupplier millis) {
    this.ensureNotCancelled = ensureNotCancelled;
    this.millis = millis;
    this.until = millis.getAsLong() + MOST_MILLIS;
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
