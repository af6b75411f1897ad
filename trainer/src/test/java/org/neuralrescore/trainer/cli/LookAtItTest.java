// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check-data} says of columns whose meaning would get lost in silence. */
class LookAtItTest {
  private static final int LINES = 300;

  @TempDir Path directory;

  private Path file(String head, IntFunction<String> third) throws IOException {
    StringBuilder lines = new StringBuilder(head).append('\n');
    for (int n = 0; n < LINES; n++) {
      lines.append("u").append(n % 40).append(",i").append(n * 7 % 31);
      lines.append(',').append(third.apply(n)).append('\n');
    }
    return Files.writeString(directory.resolve("lines.csv"), lines);
  }

  private CommandRun check(Path file) {
    return CommandRun.of(
        "check-data",
        file.toString(),
        "--name",
        "lines",
        "--write",
        directory.resolve("lines.yaml").toString());
  }

  private CommandRun train(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--interactions", file.toString()));
    arguments.addAll(List.of("--name", "lines", "--out", directory.resolve("out").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** One of them is the time, and there is nothing odd about the other. */
  @Test
  void aSecondColumnOfTimes_isNotDoubted() throws IOException {
    CommandRun run =
        check(
            file(
                "user,item,created_at,day",
                n -> (1_700_000_000 + n * 60) + ",2024-05-" + (10 + n % 20)));
    String all = run.out() + run.err();
    assertTrue(run.out().contains("time    created_at"), all);
    assertFalse(all.contains("holds times but for"), all);
  }

  @ParameterizedTest
  @CsvSource({"true,false", "up,down", "Yes,No", "like,dislike"})
  void yesAndNoInWords_areToldNotToBeRead(String yes, String no) throws IOException {
    CommandRun run = check(file("user,item,verdict", n -> n % 3 == 0 ? no : yes));
    assertEquals(0, run.exitCode(), run.err());
    String all = run.out() + run.err();
    assertTrue(all.contains("[verdict] says yes or no and is not read"), all);
  }

  @Test
  void zerosAmongRatings_areToldToCount() throws IOException {
    CommandRun run = check(file("user,item,rating", n -> n % 10 == 0 ? "1" : "0"));
    String all = run.out() + run.err();
    assertTrue(all.contains("of the ratings are 0 and count as interactions"), all);
    assertTrue(all.contains("--min-rating 1"), all);
  }

  @Test
  void countsOfPlays_areRead_howeverMany() throws IOException {
    CommandRun run = check(file("user,artist,plays", n -> String.valueOf(1 + 3_000_017L * n)));
    assertTrue(run.out().contains("rating  plays"), run.out());
  }

  @ParameterizedTest
  @CsvSource({"2962274389", "9999-12-31", "0"})
  void someTimesOfAnotherAge_areTold_andNotCalledNone(String odd) throws IOException {
    boolean dates = odd.contains("-");
    CommandRun run =
        check(
            file(
                "user,item,time",
                n -> n % 50 == 7 ? odd : dates ? "2024-05-01" : "" + (1_700_000_000 + n * 60)));
    String all = run.out() + run.err();
    assertTrue(all.contains("[time] holds times but for such as [" + odd + "]"), all);
  }

  @Test
  void hoursOfOneDigit_areTimes() throws IOException {
    CommandRun run = check(file("user,item,when", n -> (1 + n % 28) + ".1.2024 " + n % 24 + ":05"));
    assertTrue(run.out().contains("time    when"), run.out() + run.err());
  }

  @Test
  void timesThatAreAllTheSame_areToldToOrderNothing() throws IOException {
    CommandRun run = check(file("user,item,when", n -> "2024-05-01"));
    String all = run.out() + run.err();
    assertTrue(all.contains("order nothing"), all);
  }

  @Test
  void aHeaderInTheMidst_isRefusedWithItsLine() throws IOException {
    Path file = file("user,item,n", n -> String.valueOf(n % 5));
    Files.writeString(file, Files.readString(file).repeat(2));
    CommandRun run = train(file);
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("line " + (LINES + 2)), run.err());
    assertTrue(run.errorLine().contains("header in the midst"), run.err());
  }

  /** Whatever ranks first, it is among the first ten of eight. */
  @Test
  void hitsThatAnyRankingHas_areToldToSayNothing() throws IOException {
    StringBuilder lines = new StringBuilder("user,item\n");
    for (int u = 0; u < 60; u++) {
      for (int n = 0; n < 4; n++) {
        lines.append("u").append(u).append(",i").append((u + n * n) % 8).append('\n');
      }
    }
    Path file = Files.writeString(directory.resolve("few.csv"), lines);
    CommandRun run =
        train(
            file,
            "--factors",
            "implicit-als",
            "--rank",
            "2",
            "--no-network",
            "--baselines",
            "none");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("any ranking has HR@10 of 1"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"rank: 4;rank: 8", "no_network: true;no-network: false"})
  void aKeyThatStandsTwice_isRefused(String lines) throws IOException {
    Path project = directory.resolve("twice.yaml");
    Files.writeString(project, "name: twice\n" + lines.replace(';', '\n') + "\n");
    CommandRun run = CommandRun.of("train", "-p", project.toString());
    assertEquals(3, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }
}
