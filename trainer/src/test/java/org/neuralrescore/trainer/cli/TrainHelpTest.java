// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class TrainHelpTest {
  private static final int SCREEN = 44;
  private static final int FLAGS = 31;
  private static final int WIDTH = 100;

  @Test
  void help_isOneScreen() {
    CommandRun run = CommandRun.of("train", "--help");
    assertEquals(0, run.exitCode(), run.err());
    List<String> lines = run.out().lines().toList();
    assertTrue(lines.size() <= SCREEN, lines.size() + " lines\n" + run.out());
    lines.forEach(line -> assertTrue(line.length() <= WIDTH, line));
    long flags = lines.stream().filter(line -> line.matches("  (-\\w,|   ) --.*")).count();
    assertTrue(flags > 20 && flags <= FLAGS, flags + " flags\n" + run.out());
    assertTrue(run.out().contains("Recall@k (hits over all held out)"), run.out());
    assertTrue(run.out().indexOf("--project") < run.out().indexOf("--rank"), run.out());
  }

  @Test
  void everyFlag_isToldByTheHelpOrByMethods() {
    String help = CommandRun.of("train", "--help").out();
    String methods = CommandRun.of("methods").out();
    for (OptionSpec option : new CommandLine(new TrainCommand()).getCommandSpec().options()) {
      String name = option.longestName();
      boolean told =
          (help + methods).contains(name) || methods.contains("    " + name.substring(2) + "=");
      assertTrue(told, name + "\n" + methods);
    }
  }

  @Test
  void everyHelp_saysThatReturnsAreLeftOut() {
    for (String command : List.of("evaluate", "tune", "retrain", "check-data", "demo", "search")) {
      String help = CommandRun.of(command, "--help").out().replaceAll("\\s+", " ");
      assertTrue(help.contains("rated below; default: 0, so"), command + "\n" + help);
    }
  }

  @Test
  void methods_asJson_hasEachOptionWithItsDefault() {
    CommandRun run = CommandRun.of("methods", "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("\"alpha0\""), run.out());
  }
}
