// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.base.progress.RecordedTask;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.planted.PlantedSteps;
import org.neuralrescore.trainer.planted.PlantedTastes;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.WideOptions;

class AutoSearchTest {
  private static final AutoSpace SPACE = space(OptionalInt.of(8), Optional.empty());

  /** Time enough for everything. */
  private static final Optional<Duration> PATIENT = Optional.of(Duration.ofDays(1));

  private static AutoSpace space(OptionalInt rank, Optional<HistoryWeighting> weighting) {
    return new AutoSpace(
        rank, weighting, Optional.of(WideOptions.defaults()), CellValues.ONE, false);
  }

  private static Interactions steps() {
    return PlantedLines.read(PlantedSteps.lines(120, 9, 4));
  }

  /** The same in the same order, all of it at one time. */
  private static Interactions stepsWithoutTimes(int users) {
    return PlantedLines.read(
        PlantedSteps.lines(users, 9, 4).stream()
            .map(l -> l.replaceAll(",1000\\d+$", ",1000"))
            .toList());
  }

  private static AutoResult search(
      AutoSpace space,
      Interactions data,
      int threads,
      Optional<Duration> budget,
      LongSupplier nanos) {
    return search(space, data, threads, budget, nanos, Progress.none());
  }

  private static AutoResult search(
      AutoSpace space,
      Interactions data,
      int threads,
      Optional<Duration> budget,
      LongSupplier nanos,
      Progress progress) {
    Split split = new LeaveLastOut().split(data);
    try (Workers workers = new Workers(threads)) {
      return new AutoSearch(
              space,
              RowScheme.users(),
              EncoderOptions.defaults().withIterations(24),
              10,
              7,
              budget,
              nanos,
              workers)
          .run(split.fit(), split.validation(), progress);
    }
  }

  private static AutoResult search(Interactions data, int threads) {
    return search(SPACE, data, threads, Optional.empty(), () -> 0);
  }

  private static Set<String> kinds(AutoResult result) {
    return result.trials().stream().map(t -> t.candidate().kind()).collect(Collectors.toSet());
  }

  @Test
  void run_whereOrderIsAll_choosesWeightsOfWhatComesNext() {
    AutoResult result = search(steps(), 2);
    assertNotEquals(Direction.TOGETHER, result.wide().orElseThrow().direction());
    assertEquals(
        Set.of(
            "implicit-als",
            "wide together",
            "wide each",
            "wide near",
            "wide signed",
            "wide next",
            "wide both"),
        kinds(result));
    double next = best(result, "wide next");
    double together = best(result, "wide together");
    double dot = best(result, "implicit-als");
    assertTrue(next > dot, next + " against " + dot);
    assertTrue(next > together, next + " against " + together);
  }

  private static double best(AutoResult result, String kind) {
    return result.trials().stream()
        .filter(t -> t.candidate().kind().equals(kind))
        .mapToDouble(AutoTrial::ndcg)
        .max()
        .orElseThrow();
  }

  @Test
  void run_withTime_whereOrderIsAll_choosesTransitions() {
    AutoResult result = search(SPACE, steps(), 2, PATIENT, () -> 0);
    assertEquals("transitions", result.chosen().kind());
    assertTrue(
        kinds(result).containsAll(Set.of("implicit-als", "distilled", "transitions")),
        () -> kinds(result).toString());
    assertTrue(result.choice().beaten());
    assertEquals(60, result.chosen().factors().sweeps());
    assertEquals(0, result.skipped());
  }

  @Test
  void run_whereTastesAreAll_choosesWhatNothingSurelyBeats() {
    AutoResult result = search(new PlantedTastes(4, 80, 60, 8, 5).interactions(), 2);
    double shipped = result.choice().shipped().mean().ndcg();
    double first = result.choice().candidates().get(0).mean().ndcg();
    assertTrue(shipped >= first, shipped + " against " + first);
    if (!result.choice().beaten()) {
      assertEquals("implicit-als", result.chosen().kind());
    }
  }

  @Test
  void run_walksWhatFollowsTheData_asLongAsItLeadsUp() {
    AutoResult result = search(new PlantedTastes(4, 80, 60, 30, 5).interactions(), 2);
    List<AutoTrial> factors =
        result.trials().stream()
            .filter(t -> t.rung() == 1 && t.candidate() instanceof AutoCandidate)
            .toList();
    Set<Double> alpha0 = factors.stream().map(t -> loss(t).alpha0()).collect(Collectors.toSet());
    Set<Double> lambda = factors.stream().map(t -> loss(t).lambda()).collect(Collectors.toSet());
    // Three of the first rung, and at least one step from the best, up or down.
    assertTrue(alpha0.containsAll(Set.of(0.1, 0.01, 0.001)) && alpha0.size() > 3, alpha0::toString);
    assertTrue(lambda.contains(0.01) && lambda.contains(0.03), lambda::toString);
    double best = factors.stream().mapToDouble(AutoTrial::ndcg).max().orElseThrow();
    ImplicitAlsOptions whole = (ImplicitAlsOptions) result.chosen().factors();
    assertTrue(
        factors.stream()
            .filter(t -> t.ndcg() == best)
            .map(AutoSearchTest::loss)
            .anyMatch(o -> o.alpha0() == whole.alpha0() && o.lambda() == whole.lambda()),
        whole::toString);
  }

  private static ImplicitAlsOptions loss(AutoTrial trial) {
    return (ImplicitAlsOptions) ((AutoCandidate) trial.candidate()).factors();
  }

  @Test
  void run_givesTheSame_onAnyNumberOfThreads() {
    Interactions data = steps();
    AutoResult one = search(data, 1);
    AutoResult two = search(data, 2);
    assertEquals(one.chosen(), two.chosen());
    assertEquals(
        one.trials().stream().map(AutoTrial::ndcg).toList(),
        two.trials().stream().map(AutoTrial::ndcg).toList());
  }

  @Test
  void run_withoutTimes_triesNeitherRecencyNorOrder() {
    AutoResult result = search(SPACE, stepsWithoutTimes(60), 2, PATIENT, () -> 0);
    assertEquals(
        Set.of(
            "implicit-als", "distilled", "wide together", "wide each", "wide near", "wide signed"),
        kinds(result));
    assertTrue(
        result.trials().stream().allMatch(t -> t.candidate().weighting().floor() == 1),
        result.trials()::toString);
  }

  /** A log without times: its lines stand in the order in which things happened. */
  @Test
  void run_withoutTimesButInOrder_findsWhatComesNext() {
    Interactions log = PlantedLines.readWithoutTimes(PlantedSteps.lines(120, 9, 4));
    AutoSpace inOrder =
        new AutoSpace(
            OptionalInt.of(8),
            Optional.empty(),
            Optional.of(WideOptions.defaults()),
            CellValues.ONE,
            true);
    AutoResult result = search(inOrder, log);
    double next = best(result, "wide next");
    // Both signs without the order are worth .04 here, and with it .2.
    double together = best(result, "wide together");
    assertTrue(next > together + 0.1, next + " against " + together);
    assertNotEquals(Direction.TOGETHER, result.wide().orElseThrow().direction());
  }

  /** How many trials there are shows on the way: no bar runs over, and the end is the end. */
  @Test
  void progress_neverPassesItsTotal_andEndsThere() {
    RecordedTask task = new RecordedTask();
    Map<String, Long> totals = new HashMap<>();
    Progress progress =
        (name, total) -> {
          totals.put(name, total);
          return task;
        };
    search(SPACE, steps(), 2, Optional.empty(), () -> 0, progress);
    assertEquals(Map.of("choose", task.sum()), totals);
    assertTrue(task.told().stream().allMatch(units -> units >= 0), task.told()::toString);
  }

  /** Tastes of some items each: neither sign nor order tells more than what goes together. */
  @Test
  void run_whereDirectionsAreLevel_takesStepsFromTwo() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int user = 0; user < 120; user++) {
      for (int item = 0; item < 40; item++) {
        if (random.nextDouble() < (item % 4 == user % 4 ? 0.7 : 0.1)) {
          lines.add(user + "," + item + ",1,1000");
        }
      }
    }
    AutoResult result = search(PlantedLines.read(lines), 2);
    for (Direction direction : List.of(Direction.TOGETHER, Direction.SIGNED)) {
      Set<Double> ridges =
          result.trials().stream()
              .map(AutoTrial::candidate)
              .filter(WideCandidate.class::isInstance)
              .map(one -> ((WideCandidate) one).way())
              .filter(way -> way.direction() == direction)
              .map(WideOptions::lambda)
              .collect(Collectors.toSet());
      assertTrue(ridges.size() > 1, direction + " with " + ridges);
    }
  }

  /** Who touches what is chance: the best of many candidates is the luckiest of them. */
  @Test
  void run_whereNobodyHasATaste_takesOneFactorForAll() {
    AutoResult result = search(space(OptionalInt.empty(), Optional.empty()), tasteless());
    assertEquals(List.of("--factors", "implicit-als", "--rank", "1"), result.flags());
    assertEquals("implicit-als rank 1", result.choice().shipped().label());
    assertFalse(result.choice().beaten());
  }

  @Test
  void run_whereNobodyHasATaste_keepsARankThatWasGiven() {
    assertEquals(8, search(SPACE, tasteless()).chosen().factors().rank());
  }

  @Test
  void run_whereTastesAreAll_looksForMoreThanOneFactor() {
    AutoResult result =
        search(
            space(OptionalInt.empty(), Optional.empty()),
            new PlantedTastes(4, 80, 60, 8, 5).interactions());
    assertEquals(64, result.chosen().factors().rank());
    assertTrue(result.wide().isPresent());
  }

  private static AutoResult search(AutoSpace space, Interactions data) {
    return search(space, data, 2, Optional.empty(), () -> 0);
  }

  /** Some items are touched by many, whoever they are. */
  private static Interactions tasteless() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int line = 0; line < 3_000; line++) {
      int item = (int) (80 * Math.pow(random.nextDouble(), 3));
      lines.add(random.nextInt(150) + "," + item + ",1," + (1000 + random.nextInt(1_000_000)));
    }
    return PlantedLines.read(lines);
  }

  /** Of two items few users are known, so that what neighbours say of each other is chance. */
  @Test
  void run_whereItemsHaveFewUsers_asksEachNeighbourByItself() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int user = 0; user < 1_500; user++) {
      for (int n = 0; n < 10; n++) {
        // A few of a group's items are touched by many, most by hardly anybody.
        int item = (int) (300 * Math.pow(random.nextDouble(), 3));
        lines.add(user + "," + (300 * (user % 8) + item) + ",1,1000");
      }
    }
    AutoResult result = search(PlantedLines.read(lines), 2);
    double each = best(result, "wide each");
    double together = best(result, "wide together");
    assertTrue(each > together, each + " against " + together);
    assertEquals(Direction.EACH, result.wide().orElseThrow().direction());
  }

  @Test
  void run_withARankAndAWeighting_keepsThem_andElseTriesTwiceTheFactors() {
    HistoryWeighting given = new HistoryWeighting(0.3, 2);
    AutoResult kept =
        search(space(OptionalInt.of(4), Optional.of(given)), steps(), 2, PATIENT, () -> 0);
    assertTrue(
        kept.trials().stream()
            .allMatch(
                t ->
                    t.candidate().weighting().equals(given)
                        && !(t.candidate() instanceof AutoCandidate one
                            && one.factors().rank() != 4)));
    AutoResult free =
        search(
            space(OptionalInt.empty(), Optional.of(given)),
            new PlantedTastes(4, 60, 40, 8, 5).interactions(),
            2,
            PATIENT,
            () -> 0);
    assertTrue(
        free.trials().stream()
            .anyMatch(
                t ->
                    t.rung() == 3
                        && t.candidate() instanceof AutoCandidate one
                        && one.factors().rank() == 128));
  }

  @Test
  void run_pastItsTime_leavesOutTheRest_andStillChooses() {
    AtomicLong clock = new AtomicLong();
    AutoResult result =
        search(SPACE, steps(), 2, Optional.of(Duration.ofNanos(10)), () -> clock.getAndAdd(2));
    assertTrue(result.skipped() > 0);
    assertFalse(result.trials().isEmpty());
    assertEquals("implicit-als", result.chosen().kind());
    assertEquals(16, result.chosen().factors().sweeps());
  }

  @Test
  void run_whereItemToItemWeightsAreGiven_looksForNone() {
    AutoResult result =
        search(
            new AutoSpace(
                OptionalInt.of(8), Optional.empty(), Optional.empty(), CellValues.ONE, false),
            steps(),
            2,
            Optional.empty(),
            () -> 0);
    assertEquals(Set.of("implicit-als"), kinds(result));
    assertEquals(Optional.empty(), result.wide());
  }

  @Test
  void flags_nameWhatIsNoDefault() {
    AutoResult result = search(SPACE, steps(), 2, PATIENT, () -> 0);
    List<String> flags = result.chosen().flags();
    assertEquals(List.of("--factors", "transitions", "--rank", "8"), flags.subList(0, 4));
    assertNotEquals(-1, flags.indexOf("--rank"));
    assertEquals(result.chosen().weighting().floor() != 1, flags.contains("--recency-days"));
  }

  /** The luckiest of candidates that had a third of their sweeps is held against the simplest. */
  @Test
  void run_whereTheTimeIsUpBehindTheFirstRound_keepsTheRuleOfTheChoice() {
    AtomicLong clock = new AtomicLong();
    Progress jumping =
        (name, total) ->
            new Progress.Task() {
              @Override
              public void advance(long units) {}

              @Override
              public void note(String text) {
                if (text.startsWith("rung 1, transitions")) {
                  clock.set(Duration.ofSeconds(70).toNanos());
                }
              }

              @Override
              public void close() {}
            };
    AutoResult result =
        search(
            space(OptionalInt.empty(), Optional.empty()),
            steps(),
            2,
            Optional.of(Duration.ofSeconds(100)),
            clock::get,
            jumping);
    assertTrue(result.early());
    assertTrue(result.reason().contains("the time was up behind the first round"), result::reason);
    assertTrue(result.choice().candidates().size() > 1, result::reason);
    assertTrue(result.choice().candidates().get(0).label().startsWith("implicit-als"));
    assertEquals(
        result.choice().beaten(), !result.chosen().kind().equals("implicit-als"), result::reason);
    // One factor for all was asked, in the time that is kept for what ships.
    assertTrue(
        result.trials().stream().anyMatch(t -> t.candidate().label().endsWith("rank 1")),
        result::toString);
  }
}
