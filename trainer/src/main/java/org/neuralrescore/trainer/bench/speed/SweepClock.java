// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.progress.Progress;

/** Notes when each sweep of a run ended, in seconds since the task began. */
final class SweepClock implements Progress {
  private final List<Double> ends = new ArrayList<>();

  @Override
  public Task start(String name, long total) {
    long began = System.nanoTime();
    return new Task() {
      @Override
      public void advance(long units) {
        if (units > 0) {
          ends.add((System.nanoTime() - began) / 1e9);
        }
      }

      @Override
      public void note(String text) {}

      @Override
      public void close() {}
    };
  }

  /** How long each sweep took, in seconds. */
  List<Double> sweepSeconds() {
    List<Double> seconds = new ArrayList<>();
    double before = 0;
    for (double end : ends) {
      seconds.add(end - before);
      before = end;
    }
    return seconds;
  }
}
