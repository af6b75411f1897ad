// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * Bars with rate and time left on a terminal; elsewhere (a log of cron or CI) one line a task, so
 * that logs stay readable. All on standard error: standard output is for results.
 */
final class TerminalProgress implements Progress {
  private final PrintStream out;
  private final boolean terminal;

  TerminalProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Standard error; the launcher script says whether it is a terminal. */
  static TerminalProgress standard() {
    return new TerminalProgress(System.err, Boolean.getBoolean("neuralrescore.terminal"));
  }

  @Override
  public Task start(String name, long total) {
    return terminal ? new Bar(name, total) : new Line(name, total);
  }

  private static final class Bar implements Task {
    private final ProgressBar bar;

    Bar(String name, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(String.format(Locale.ROOT, "%-24s", name))
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .showSpeed()
              .build();
    }

    @Override
    public void advance(long units) {
      bar.stepBy(units);
    }

    @Override
    public void note(String text) {
      bar.setExtraMessage(" " + text);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private final class Line implements Task {
    private final String name;
    private final long total;
    private final long start = System.nanoTime();
    private long done;
    private String note = "";

    Line(String name, long total) {
      this.name = name;
      this.total = total;
    }

    @Override
    public void advance(long units) {
      done += units;
    }

    @Override
    public void note(String text) {
      if (!text.equals(note)) {
        note = text;
        out.printf(Locale.ROOT, "  %-24s %d/%d  %s%n", name, done, total, text);
      }
    }

    @Override
    public void close() {
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(Locale.ROOT, "%-26s %d/%d in %.1f s  %s%n", name, done, total, seconds, note);
    }
  }
}
