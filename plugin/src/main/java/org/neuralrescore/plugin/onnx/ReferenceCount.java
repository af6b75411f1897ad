// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Closes a native resource when its last user is done: never under a running call, never twice. The
 * owner holds the first reference. A session's {@code run} may be called by several threads, its
 * {@code close} may not overlap with them.
 */
public final class ReferenceCount {
  private final AtomicInteger references = new AtomicInteger(1);
  private final Runnable close;

  /** Counts references to something that {@code close} closes. */
  public ReferenceCount(Runnable close) {
    this.close = close;
  }

  /** Takes a reference; false where the resource is already closed. */
  public boolean acquire() {
    int now = references.get();
    while (now > 0) {
      if (references.compareAndSet(now, now + 1)) {
        return true;
      }
      now = references.get();
    }
    return false;
  }

  /**
   * Gives a reference back and closes where it was the last.
   *
   * @throws IllegalStateException where there was none left: a caller released twice
   */
  public void release() {
    int now = references.get();
    while (now > 0) {
      if (references.compareAndSet(now, now - 1)) {
        if (now == 1) {
          close.run();
        }
        return;
      }
      now = references.get();
    }
    throw new IllegalStateException("released more often than acquired");
  }

  /** References that are held now, the owner's included. */
  public int count() {
    return references.get();
  }
}
