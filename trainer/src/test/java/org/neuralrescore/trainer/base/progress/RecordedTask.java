// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.progress;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what is told of a task, in order. */
public final class RecordedTask implements Progress.Task {
  private final List<Long> told = new CopyOnWriteArrayList<>();
  private final AtomicLong sum = new AtomicLong();

  @Override
  public void advance(long units) {
    told.add(units);
    sum.addAndGet(units);
  }

  @Override
  public void note(String text) {}

  @Override
  public void close() {}

  /** Units, one entry for each time that something was told. */
  public List<Long> told() {
    return told;
  }

  /** All units so far. */
  public long sum() {
    return sum.get();
  }
}
