// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.Build;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.EveryMethod;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.scorer.ScorerOptions;

class TuningTest {
  private static Axis axis(String label) {
    return axis("implicit-als", label);
  }

  private static Axis axis(String method, String label) {
    return Axis.named(EveryMethod.of(method).method(), label).orElseThrow();
  }

  private static final SearchSpace SPACE =
      new SearchSpace(
          Map.of(
              axis("rank"),
              List.of("4", "8"),
              axis("alpha0"),
              List.of("0.1", "1"),
              axis("lambda"),
              List.of("0.003", "0.03", "0.3"),
              Axis.RECENCY,
              List.of("none", "30")));
  private static final TrialOptions BASE =
      new TrialOptions(
          ImplicitAlsOptions.defaults().withRank(6),
          RowScheme.users(),
          EncoderOptions.defaults().withIterations(24),
          ScorerOptions.defaults());
  private static final TuneOptions OPTIONS = new TuneOptions(9, 3, 1, 9, 10, Optional.empty(), 7L);

  @TempDir static Path dataFolder;
  @TempDir Path folder;
  private static Interactions data;
  private static Split split;

  @BeforeAll
  static void generate() throws IOException {
    Path generated = dataFolder.resolve("films");
    SyntheticData.write(generated, new SyntheticOptions(150, 120, 3));
    data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(generated.resolve("ratings.csv"));
    split = new LeaveLastOut().split(data);
  }

  /** A clock that moves a second whenever it is looked at. */
  private static LongSupplier ticking() {
    AtomicLong now = new AtomicLong();
    return () -> now.addAndGet(1_000_000_000L);
  }

  private static TuneResult tune(Path folder, TuneOptions options, int threads, Progress heard) {
    return tune(SPACE, BASE, folder, options, threads, heard);
  }

  private static TuneResult tune(
      SearchSpace space,
      TrialOptions base,
      Path folder,
      TuneOptions options,
      int threads,
      Progress heard) {
    return tune(space, base, folder, options, threads, heard, ticking());
  }

  private static TuneResult tune(
      SearchSpace space,
      TrialOptions base,
      Path folder,
      TuneOptions options,
      int threads,
      Progress heard,
      LongSupplier clock) {
    try (Workers workers = new Workers(threads)) {
      return new Tuning(
              space,
              options,
              base,
              split.fit(),
              split.validation(),
              data.sha256(),
              folder,
              workers,
              clock)
          .run(heard);
    }
  }

  private static TuneResult tune(Path folder) {
    return tune(folder, OPTIONS, 2, Progress.none());
  }

  @Test
  void run_givesTheSameTrials_onAnyNumberOfThreads() throws IOException {
    TuneResult one = tune(folder.resolve("a"), OPTIONS, 1, Progress.none());
    TuneResult two = tune(folder.resolve("b"), OPTIONS, 2, Progress.none());
    assertEquals(one.trials(), two.trials());
    assertEquals(
        Files.readString(folder.resolve("a/trials.jsonl")),
        Files.readString(folder.resolve("b/trials.jsonl")));
  }

  @Test
  void run_halves_andTheLastRungHasAllSweeps() {
    TuneResult result = tune(folder);
    assertEquals(9, result.trials().size());
    assertEquals(9 + 3 + 1, result.run());
    assertEquals(List.of(9, 3, 1), OPTIONS.rungs(9).stream().map(r -> r.candidates()).toList());
    assertEquals(List.of(1, 3, 9), OPTIONS.rungs(9).stream().map(r -> r.sweeps()).toList());
    assertEquals(9, result.best().sweeps());
    assertEquals(1, result.trials().stream().filter(t -> t.sweeps() == 9).count());
    assertEquals(2, result.trials().stream().filter(t -> t.sweeps() == 3).count());
    Trial best = result.best();
    assertTrue(best.ndcg().low() < best.ndcg().mean() && best.ndcg().mean() < best.ndcg().high());
    assertTrue(best.flags(9).containsAll(List.of("--rank", "--alpha0", "--lambda", "--sweeps")));
  }

  @Test
  void run_ofALargerBudget_includesTheBase_andFindsTheBestOfAFullSearch() {
    // Everything gets all sweeps: the winner must be the largest of what was measured.
    TuneOptions full = new TuneOptions(100, 3, 9, 9, 10, Optional.empty(), 7L);
    TuneResult result = tune(folder, full, 2, Progress.none());
    assertEquals(SPACE.size() + 1, result.trials().size());
    double largest = result.trials().stream().mapToDouble(t -> t.ndcg().mean()).max().orElseThrow();
    assertEquals(largest, result.best().ndcg().mean());
    assertEquals(
        1,
        result.trials().stream()
            .filter(t -> t.candidate().values().get(axis("rank")).equals("6"))
            .count());
    assertEquals(0, result.trials().stream().filter(t -> t.number() == 0).findAny().get().rung());
  }

  @Test
  void run_goesOnFromItsFactors_andMeasuresWhatACleanRunMeasures() {
    TuneResult halving = tune(folder.resolve("halving"));
    TuneOptions full = new TuneOptions(100, 3, 9, 9, 10, Optional.empty(), 7L);
    TuneResult all = tune(folder.resolve("all"), full, 2, Progress.none());
    Trial best = halving.best();
    Trial same =
        all.trials().stream()
            .filter(t -> t.candidate().equals(best.candidate()))
            .findAny()
            .orElseThrow();
    assertEquals(same.ndcg(), best.ndcg());
  }

  @Test
  void run_again_runsNothingAndSaysTheSame() {
    TuneResult first = tune(folder);
    TuneResult second = tune(folder);
    assertEquals(first.trials(), second.trials());
    assertEquals(0, second.run());
    assertEquals(first.run(), second.resumed());
  }

  @Test
  void run_afterAKillBehindAnyTrial_endsWithTheSameTrials() throws IOException {
    TuneResult whole = tune(folder.resolve("whole"));
    String trials = Files.readString(folder.resolve("whole/trials.jsonl"));
    for (int stop = 1; stop < whole.run(); stop += 3) {
      Path killed = folder.resolve("killed-" + stop);
      Progress dying = dyingAfter(stop);
      assertThrows(IllegalStateException.class, () -> tune(killed, OPTIONS, 2, dying));
      // As if the kill had torn the next line.
      Files.writeString(
          killed.resolve("trials.jsonl"),
          Files.readString(killed.resolve("trials.jsonl")) + "{\"trial\": 4, \"ru");
      TuneResult resumed = tune(killed);
      assertEquals(whole.trials(), resumed.trials());
      assertEquals(stop, resumed.resumed());
      assertEquals(trials, Files.readString(killed.resolve("trials.jsonl")));
    }
  }

  private static Progress dyingAfter(int trials) {
    AtomicInteger ended = new AtomicInteger();
    return (name, total) ->
        new Progress.Task() {
          @Override
          public void advance(long units) {
            if (ended.incrementAndGet() == trials) {
              throw new IllegalStateException("killed");
            }
          }

          @Override
          public void note(String text) {}

          @Override
          public void close() {}
        };
  }

  @ParameterizedTest
  @ValueSource(strings = {"transitions", "distilled", "neighbours", "session-softmax", "e-a-hals"})
  void run_ofOtherFactorsUnderNetworks_isTheSameOnAnyThreads_andBehindAKill(String method)
      throws IOException {
    SearchSpace space =
        SearchSpace.defaults(EveryMethod.of(method).method())
            .with(axis(method, "rank"), List.of("4", "6"))
            .with(axis("hidden"), List.of("none"));
    TrialOptions base =
        new TrialOptions(
            EveryMethod.of(method).with(4, 16, 42),
            RowScheme.users(),
            EncoderOptions.defaults().withIterations(8),
            ScorerOptions.defaults().withEpochs(1).withHidden(List.of(5)));
    TuneOptions options = new TuneOptions(4, 2, 2, 4, 10, Optional.empty(), 7L);
    TuneResult one = tune(space, base, folder.resolve("1"), options, 1, Progress.none());
    String trials = Files.readString(folder.resolve("1/trials.jsonl"));
    assertEquals(4 + 2, one.run());
    assertEquals(
        2,
        one.trials().stream()
            .map(t -> t.candidate().values().get(axis("hidden")))
            .distinct()
            .count());
    for (int threads : List.of(2, 4)) {
      Path other = folder.resolve(Integer.toString(threads));
      assertEquals(
          one.trials(), tune(space, base, other, options, threads, Progress.none()).trials());
      assertEquals(trials, Files.readString(other.resolve("trials.jsonl")));
    }
    Path killed = folder.resolve("killed");
    assertThrows(
        IllegalStateException.class, () -> tune(space, base, killed, options, 2, dyingAfter(5)));
    TuneResult resumed = tune(space, base, killed, options, 2, Progress.none());
    assertEquals(one.trials(), resumed.trials());
    assertEquals(5, resumed.resumed());
    assertEquals(trials, Files.readString(killed.resolve("trials.jsonl")));
  }

  @Test
  void run_withoutItsFactorFiles_computesThemAnew() throws IOException {
    TuneResult whole = tune(folder.resolve("whole"));
    TuneOptions hurried = new TuneOptions(9, 3, 1, 9, 10, Optional.of(Duration.ofSeconds(1)), 7L);
    Path other = folder.resolve("other");
    assertEquals(TuneResult.Ending.TIME, tune(other, hurried, 2, Progress.none()).ending());
    try (var files = Files.list(other)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".factors")).toList()) {
        Files.writeString(file, "damaged");
      }
    }
    assertEquals(whole.trials(), tune(other).trials());
  }

  @Test
  void run_outOfTime_endsAfterTheFirstRung_andTheSameCallGoesOn() {
    TuneOptions hurried = new TuneOptions(9, 3, 1, 9, 10, Optional.of(Duration.ofSeconds(32)), 7L);
    TuneResult early = tune(folder.resolve("early"), hurried, 2, Progress.none());
    assertEquals(TuneResult.Ending.TIME, early.ending());
    assertEquals(9, early.run());
    assertEquals(0, early.untried());
    assertEquals(0, early.best().rung());
    assertEquals(1, early.best().sweeps());
    // One sweep is no model to train.
    List<String> flags = early.best().flags(9);
    assertEquals("9", flags.get(flags.indexOf("--sweeps") + 1));
    TuneResult later = tune(folder.resolve("early"));
    assertEquals(tune(folder.resolve("whole")).trials(), later.trials());
    assertEquals(9, later.resumed());
  }

  @Test
  void run_outOfTimeInTheFirstRung_leavesOutTheRest_andTheSameCallGoesOn() throws IOException {
    AtomicLong clock = new AtomicLong();
    Progress minuteATrial =
        (name, total) ->
            new Progress.Task() {
              @Override
              public void advance(long units) {
                clock.addAndGet(Duration.ofMinutes(units).toNanos());
              }

              @Override
              public void note(String text) {}

              @Override
              public void close() {}
            };
    TuneOptions hurried = new TuneOptions(9, 3, 1, 9, 10, Optional.of(Duration.ofMinutes(3)), 7L);
    Path hurriedFolder = folder.resolve("early");
    TuneResult early = tune(SPACE, BASE, hurriedFolder, hurried, 2, minuteATrial, clock::get);
    assertEquals(TuneResult.Ending.TIME, early.ending());
    assertTrue(early.run() >= 2 && early.run() <= 4, "run " + early.run());
    assertEquals(9 - early.run(), early.untried());
    assertEquals(early.run(), early.trials().size());
    TuneResult later = tune(hurriedFolder);
    assertEquals(tune(folder.resolve("whole")).trials(), later.trials());
    assertEquals(early.run(), later.resumed());
  }

  @Test
  void open_aFolderOfAnotherSearch_isRefusedAndLeftAlone() throws IOException {
    tune(folder);
    String before = Files.readString(folder.resolve("trials.jsonl"));
    TuneOptions otherSeed = new TuneOptions(9, 3, 1, 9, 10, Optional.empty(), 8L);
    UserError error =
        assertThrows(UserError.class, () -> tune(folder, otherSeed, 2, Progress.none()));
    assertEquals(UserError.Kind.EXISTS, error.kind());
    assertTrue(error.getMessage().contains("another search"), error.getMessage());
    assertEquals(before, Files.readString(folder.resolve("trials.jsonl")));
  }

  @Test
  void run_keepsFactorsOfTheSurvivorsAlone() throws IOException {
    tune(folder);
    try (var files = Files.list(folder)) {
      assertEquals(1, files.filter(f -> f.toString().endsWith(".factors")).count());
    }
  }

  @Test
  void run_whereAnotherIsAtWork_isBusyAndLeavesItAlone() throws IOException {
    try (RunLock lock = RunLock.take(folder.resolve("lock"))) {
      assertEquals(Optional.empty(), lock.left());
      UserError error = assertThrows(UserError.class, () -> tune(folder));
      assertEquals(UserError.Kind.BUSY, error.kind());
      assertFalse(Files.exists(folder.resolve("trials.jsonl")));
    }
    assertEquals(13, tune(folder).run());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"search\": \"again\"}",
        "{\"trial\": 0, \"rung\": 0}",
        "{\"trial\": 9, \"rung\": 0, \"failed\": \"so many are not drawn\"}",
        "{\"trial\": -1, \"rung\": 0, \"failed\": \"nor so few\"}"
      })
  void open_aFileWithALineThatIsNoTrial_saysWhich(String line) throws IOException {
    tune(folder);
    Path file = folder.resolve("trials.jsonl");
    Files.writeString(file, Files.readString(file) + line + "\n");
    UserError error = assertThrows(UserError.class, () -> tune(folder));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(error.getMessage().contains("trials.jsonl line 15 is no trial"), error.getMessage());
  }

  @Test
  void open_aFolderOfAnotherBuild_isRefused() throws IOException {
    tune(folder);
    Path file = folder.resolve("trials.jsonl");
    Files.writeString(file, Files.readString(file).replace(Build.id(), "0123456789ab"));
    UserError error = assertThrows(UserError.class, () -> tune(folder));
    assertEquals(UserError.Kind.EXISTS, error.kind());
    assertTrue(error.getMessage().contains("build"), error.getMessage());
  }

  @Test
  void run_clearsWhatAKillLeftUnfinished() throws IOException {
    Path left = Files.writeString(folder.resolve("a.factors.unfinished"), "torn");
    tune(folder);
    assertFalse(Files.exists(left));
  }

  /** Factors of 120 items that no array holds: one candidate of four. */
  @Test
  void run_whereACandidateFails_ranksTheOthers_andDoesNotTryItAgain() {
    SearchSpace tooWide =
        new SearchSpace(
            Map.of(axis("rank"), List.of("4", "100000000"), axis("alpha0"), List.of("0.1", "1")));
    TuneResult result = tune(tooWide, BASE, folder, OPTIONS, 2, Progress.none());
    assertEquals(2, result.failed().size());
    assertTrue(
        result.failed().stream()
            .allMatch(f -> f.candidate().values().get(axis("rank")).equals("100000000")),
        result::toString);
    assertEquals(3, result.trials().size());
    assertEquals(0, result.untried());
    assertEquals(9, result.best().sweeps());
    TuneResult again = tune(tooWide, BASE, folder, OPTIONS, 2, Progress.none());
    assertEquals(result.trials(), again.trials());
    assertEquals(result.failed(), again.failed());
    assertEquals(0, again.run());
  }

  @Test
  void run_whereAllFail_saysSoInOneLine() {
    SearchSpace tooWide = new SearchSpace(Map.of(axis("rank"), List.of("100000000")));
    TrialOptions base =
        new TrialOptions(
            ImplicitAlsOptions.defaults().withRank(100_000_000),
            BASE.rows(),
            BASE.encoder(),
            BASE.scorer());
    UserError error =
        assertThrows(
            UserError.class, () -> tune(tooWide, base, folder, OPTIONS, 2, Progress.none()));
    assertEquals(UserError.Kind.INPUT, error.kind());
    assertTrue(
        error.getMessage().contains("none of 1 candidates came to a figure"), error.getMessage());
    assertEquals(1, error.getMessage().lines().count());
  }

  @Test
  void reason_isTheCandidates_notTheDisks() {
    assertTrue(FailedTrial.reason(new OutOfMemoryError("Java heap space")).isPresent());
    assertTrue(FailedTrial.reason(new IllegalArgumentException("NaN")).isPresent());
    UserError disk = new UserError(UserError.Kind.ENVIRONMENT, "no space");
    assertEquals(Optional.empty(), FailedTrial.reason(disk));
    IOException full = new IOException("no space");
    assertEquals(Optional.empty(), FailedTrial.reason(new UncheckedIOException(full)));
  }
}
