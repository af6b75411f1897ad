// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train} and {@code publish} refuse, in one line and before anything is written. */
class TrainRefusalTest extends TrainRuns {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--alpha0 0.3; --alpha0 is chosen by --factors auto",
        "--method joint; --factors auto chooses factors; leave one of them out",
        "--dp-epsilon 5; name the factors' method",
        "--budget soon; [soon] is no time"
      })
  void train_choosingTheMethod_takesNothingThatItCannotKeep(String flags, String expected) {
    CommandRun run =
        plainly(
            "a",
            Stream.concat(Stream.of("--factors", "auto"), Stream.of(flags.split(" ")))
                .toArray(String[]::new));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains(expected), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--method joint --half-life-days 7; --half-life-days would be undone by --method joint",
        "--method pipeline,transfer --values rating; --values would be undone by --method transfer",
        "--method multitask --session-days 1; --session-days would be undone by --method multitask",
        "--method joint --features age; --features would not be read",
        "--method joint,transfer --recent 5; --recent would not be read"
      })
  void train_comparingMethods_takesNothingThatTheyDoNotRead(String flags, String expected) {
    CommandRun run = plainly("a", flags.split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains(expected), run.err());
    assertTrue(run.errorLine().contains("leave"), run.err());
  }

  @Test
  void demo_ofUsersWhoArePublishedNowhere_isRefusedBeforeTheWork() {
    CommandRun run = CommandRun.of("demo", "--no-user-vectors");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("by their ids"), run.err());
  }

  @Test
  void train_recentItemsOutOfBounds_orDecayWithoutThem_areRefusedInOneLine() {
    for (List<String> bad :
        List.of(
            List.of("--recent", "0"),
            List.of("--recent", "101"),
            List.of("--recent", "5", "--recent-decay", "0"),
            List.of("--recent", "5", "--recent-decay", "1.1"),
            List.of("--recent", "5", "--recent-decay", "NaN"),
            List.of("--recent", "100", "--recent-decay", "0.1"),
            List.of("--recent", "many"),
            List.of("--recent", "5", "--no-network"),
            List.of("--recent-decay", "0.5"))) {
      CommandRun run = train("a", bad.toArray(String[]::new));
      assertEquals(2, run.exitCode(), bad + run.err());
      assertTrue(run.errorLine().contains("recent"), bad + run.err());
    }
  }

  @Test
  void train_featureThatIsNone_orWithoutANetwork_isRefused() {
    CommandRun unknown = train("a", "--features", "price");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.errorLine().contains("[price]"), unknown.err());
    CommandRun dot = train("a", "--features", "age", "--no-network");
    assertEquals(2, dot.exitCode());
    assertTrue(dot.errorLine().contains("--features"), dot.err());
  }

  @Test
  void train_contentVectors_nobodyReadsOrThatAreNotThere_areRefusedBeforeTheWork() {
    CommandRun alone = train("a", "--content-vectors", "none.tsv");
    assertEquals(2, alone.exitCode(), alone.err());
    assertTrue(alone.errorLine().contains("--content-vectors is for"), alone.err());
    CommandRun missing = train("a", "--features", "content", "--content-vectors", "none.tsv");
    assertEquals(3, missing.exitCode(), missing.err());
    assertTrue(missing.errorLine().contains("none.tsv: no such file; name it with"), missing.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--factors svd; implicit-als, distilled",
        "--factors auto; --sweeps is chosen by --factors auto",
        "--budget 10m; --budget is for the choice of a method",
        "--factors kl-cd --alpha0 0.3; takes --rank, --loss, --solver, --l1, --l2",
        "--factors hals --encoder-lambda 0.3; belongs to --factors implicit-als",
        "--l2 0.1; --l2 belongs to --factors nmf",
        "--factors distilled --block 8; --block belongs to --factors implicit-als",
        "--factors nmf --loss kullback-leibler --solver hals; does not go with",
        "--solver kl-cd; [kl-cd] is no value of solver, which takes one of als, ials++",
        "--mask 0.3; belongs to --factors session-softmax",
        "--factors session-softmax --mask 1; mask above 0 and below 1, got 1.0",
        "--factors session-softmax --l1 0.1; --factors session-softmax takes --rank, --mask,"
            + " --shrinkage",
        "--factors session-softmax --alpha0 0.3; takes --rank, --mask, --shrinkage",
        "--factors transitions --neighbours 50; --neighbours belongs to --factors distilled",
        "--factors transitions --temperature 0; temperature above 0, got 1.0, 0.0",
        "--factors transitions --neighbour-lambda 0; lambda above 0, got 0.0",
        "--factors transitions --alpha0 0.3; takes --neighbour-lambda, --rank, --temperature",
        "--factors transitions --l1 0.1; takes --neighbour-lambda, --rank, --temperature",
        "--temperature 0.1; belongs to --factors distilled, transitions",
        "--negatives 0; at least 1",
        "--learning-rate Infinity; a learning rate above 0",
        "--weight-decay -0.1; a weight decay of at least 0",
        "--half-life-days 0; half-life",
        "--factors transitions --half-life-days 5 --session-days 1; by --session-days and --half",
        "--factors session-softmax --half-life-days 5; does not go by --half-life-days",
        "--no-network --hidden 8 --learning-rate 0.1; --hidden, --learning-rate is about one",
        "--recency-floor 0.2; give both",
        "--min-users-per-item 0; at least 1",
        "--min-interactions-per-user 9999; lower its thresholds",
        "--factors kl-cd --method joint; implicit-als",
        "--dp-epsilon 1; a network",
        "--factors kl-cd --no-network --dp-epsilon 1; factors by nmf",
        "--dp-delta 0.1; --dp-epsilon",
        "--dp-epsilon 0 --no-network; epsilon above 0"
      })
  void train_withOptionsThatDoNotFit_saysWhichInOneLine(String flags, String expected) {
    CommandRun run = train("a", flags.split(" "));
    assertTrue(run.exitCode() == 2 || run.exitCode() == 3, run.exitCode() + run.err());
    String last = run.err().lines().reduce((one, other) -> other).orElseThrow();
    assertTrue(last.contains(expected), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--baselines, knn",
    "--baselines, 'none,ease'",
    "--baselines, 'ease,ease'",
    "--protocol, last-fraction:2",
    "--protocol, weekly"
  })
  void train_whatIsNoBaselineOrProtocol_isUsage(String flag, String value) {
    CommandRun run = train("a", flag, value);
    assertEquals(2, run.exitCode(), run.err());
    assertFalse(Files.exists(directory.resolve("a")), "something was written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "userId,movieId,rating,timestamp|1,2,good,3; line 2",
        "userId,movieId,rating,timestamp; no",
        "user,movieId,rating,timestamp|1,2,3,4; one user only",
        "userId,movieId,rating,timestamp|1,2,3,4|1,3,3,5|1,4,3,6; user"
      })
  void train_badInput_isOneLine_andLeavesNothing(String lines, String expected) throws IOException {
    Path file = directory.resolve("ratings.csv");
    Files.writeString(file, lines.replace('|', '\n') + "\n");
    CommandRun run =
        CommandRun.of(
            "train",
            "--interactions",
            file.toString(),
            "--name",
            "bad",
            "--out",
            directory.resolve("bundles").toString());
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains(file.toString()), run.err());
    assertTrue(run.errorLine().contains(expected.strip()), run.err());
    assertFalse(Files.exists(directory.resolve("bundles")), "something was written");
  }

  @Test
  void train_noSuchFolder_andNoData_sayWhatToDo() {
    CommandRun missing =
        CommandRun.of("train", "--data", directory.resolve("none").toString(), "--name", "x");
    assertEquals(3, missing.exitCode());
    assertTrue(missing.errorLine().contains("no such folder"), missing.err());
    CommandRun none = CommandRun.of("train", "--name", "x");
    assertEquals(2, none.exitCode());
    assertTrue(none.errorLine().contains("--data DIR or --interactions FILE"), none.err());
  }

  @Test
  void train_optionOutOfBounds_isUsage_beforeAnyWork() {
    CommandRun run = train("a", "--rank", "0");
    assertEquals(2, run.exitCode());
    assertTrue(run.errorLine().contains("rank"), run.err());
    assertFalse(Files.exists(directory.resolve("a")), "something was written");
  }

  @Test
  void publishAndSearch_whereNoClusterIs_sayWhich() {
    CommandRun search =
        CommandRun.of("search", "--url", "http://127.0.0.1:9", "--model", "films", "x");
    assertEquals(5, search.exitCode());
    assertTrue(search.errorLine().contains("127.0.0.1:9"), search.err());
    CommandRun publish =
        CommandRun.of("publish", directory.toString(), "--url", "http://127.0.0.1:9");
    assertEquals(3, publish.exitCode());
    assertTrue(publish.errorLine().contains("no bundle"), publish.err());
  }

  @Test
  void publish_aModelWorseThanItsBaselines_wantsToBeToldAnyway() throws IOException {
    Path bundle = Path.of(trained(train("a")).get("bundle").asString());
    Files.writeString(
        bundle.resolveSibling(bundle.getFileName() + ".json"),
        "{\"standing\": \"worse\", \"sentence\": \"worse than ease\"}");
    String[] publish = {"publish", bundle.toString(), "--url", "http://localhost:1"};
    CommandRun refused = CommandRun.of(publish);
    assertEquals(8, refused.exitCode(), refused.err());
    assertTrue(refused.errorLine().contains("worse than ease"), refused.err());
    CommandRun anyway =
        CommandRun.of(
            Stream.concat(Stream.of(publish), Stream.of("--anyway")).toArray(String[]::new));
    assertEquals(5, anyway.exitCode(), anyway.err());
  }

  /** A run that was stopped behind its bundle: the same command judges what is there. */
  @Test
  void train_whereItsBundleWasNeverJudged_measuresIt_andPublishTellsUntilThen() throws IOException {
    Path bundle = Path.of(trained(train("a")).get("bundle").asString());
    Path verdict = bundle.resolveSibling(bundle.getFileName() + ".json");
    Path page = bundle.resolveSibling(bundle.getFileName() + ".html");
    String told = Files.readString(verdict);
    byte[] manifest = Files.readAllBytes(bundle.resolve("manifest.json"));
    String[] publish = {"publish", bundle.toString(), "--url", "http://localhost:1"};
    assertFalse(CommandRun.of(publish).err().contains("no verdict"));
    Files.delete(verdict);
    Files.delete(page);
    CommandRun noted = CommandRun.of(publish);
    assertEquals(5, noted.exitCode(), noted.err());
    assertTrue(noted.err().contains("no verdict"), noted.err());
    CommandRun again = train("a");
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(again.err().contains("was there without its page"), again.err());
    assertEquals(told, Files.readString(verdict));
    assertTrue(Files.exists(page));
    assertArrayEquals(manifest, Files.readAllBytes(bundle.resolve("manifest.json")));
    assertEquals(4, train("a").exitCode());
  }
}
