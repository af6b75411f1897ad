// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.neuralrescore.trainer.retrain.Phase;
import org.neuralrescore.trainer.retrain.RetrainListener;

/** A run's course as lines with a time, as a log of cron wants them. */
final class LogLines implements RetrainListener {
  private final PrintStream out;

  LogLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begins(Phase phase) {
    note("phase " + phase.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void ends(Phase phase) {}

  @Override
  public void saved(int sweeps) {}

  @Override
  public void note(String line) {
    out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
  }
}
