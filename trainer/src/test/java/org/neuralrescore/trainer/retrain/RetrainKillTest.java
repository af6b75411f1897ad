// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.BundleChecksum;
import org.neuralrescore.trainer.retrain.StandingRuns.Stand;

/** Runs are killed with SIGKILL, in another process, and gone on with. */
class RetrainKillTest {
  private static final List<String> EVENTS =
      List.of(
          "begins READ",
          "ends READ",
          "begins TRAIN",
          "saved 2",
          "saved 5",
          "saved 8",
          "ends TRAIN",
          "begins EVALUATE",
          "ends EVALUATE",
          "ends GATE",
          "begins PUBLISH",
          "halfway",
          "ends PUBLISH",
          "begins RECORD",
          "ends RECORD");

  private static final String PUBLISHING = "of which half is published";
  private static final String TRAINED = "that goes on with other options";

  @TempDir static Path shared;
  @TempDir Path folder;

  /** One generation deployed, newer data shown, nothing retrained yet. */
  private static RetrainFixture before;

  private static RetrainReport clean;
  private static String checksum;
  private static String history;

  @BeforeAll
  static void deployAFirstGeneration() throws IOException, InterruptedException {
    before = RetrainFixture.generate(shared.resolve("before")).show(0.8);
    before.run(RetrainFixture.options());
    before.show(1.0);
    RetrainFixture whole = before.copy(shared.resolve("whole"));
    clean = whole.run(RetrainFixture.options());
    checksum = checksum(whole);
    history = history(whole);
    List<Stand> stands = new ArrayList<>();
    for (String event : EVENTS) {
      stands.add(Stand.usual(before.copy(killed(event).root()), event));
    }
    stands.add(Stand.usual(before.copy(killed(PUBLISHING).root()), "halfway"));
    stands.add(Stand.usual(before.copy(killed(TRAINED).root()), "ends TRAIN"));
    StandingRuns.kill(stands);
  }

  /** Of a run that was killed, for one test alone. */
  private static RetrainFixture killed(String name) {
    return new RetrainFixture(shared.resolve(name));
  }

  private static String checksum(RetrainFixture fixture) {
    return BundleChecksum.of(fixture.workspace().generation(clean.generation().orElseThrow()));
  }

  private static String history(RetrainFixture fixture) throws IOException {
    return Files.readString(fixture.workspace().folder().resolve(History.FILE));
  }

  private static void assertEndedAsClean(RetrainFixture fixture, RetrainReport report)
      throws IOException {
    assertEquals(clean, report);
    assertEquals(checksum, checksum(fixture));
    assertEquals(history, history(fixture));
    assertEquals(clean.generation(), fixture.deployment(() -> {}).deployed());
    try (Stream<Path> files = Files.list(fixture.workspace().scratch())) {
      assertEquals(List.of("lock"), files.map(f -> f.getFileName().toString()).toList());
    }
    String former = clean.former().orElseThrow();
    String made = clean.generation().orElseThrow();
    try (Stream<Path> files = Files.list(fixture.workspace().folder())) {
      assertEquals(
          Set.of(
              former,
              former + ".html",
              former + ".json",
              made,
              made + ".html",
              made + ".json",
              History.FILE,
              ".retrain"),
          files.map(f -> f.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  static List<String> events() {
    return EVENTS;
  }

  @ParameterizedTest
  @MethodSource("events")
  void run_killedAnywhere_goesOnToTheSameBytes(String event) throws Exception {
    RetrainFixture fixture = killed(event);
    // What was appended meanwhile is the next run's, unless the kill came before it was read.
    if (!event.equals("begins READ") && !event.equals("ends READ")) {
      Files.writeString(
          fixture.root().resolve("data/ratings.csv"),
          "1,1,5,2000000000\n",
          StandardOpenOption.APPEND);
    }
    RetrainOptions oneThread = RetrainFixture.options();
    oneThread = oneThread.withTraining(oneThread.training().withThreads(1));
    List<String> events = new ArrayList<>();
    RetrainReport report =
        fixture.retraining(oneThread, RetrainFixture.listener(events::add), () -> {}).run();
    assertEndedAsClean(fixture, report);
    assertTrue(
        events.get(0).matches("note the former run \\(process \\d+\\) ended without finishing"),
        events.get(0));
    if (event.equals("saved 8")) {
      // Sweeps 1 to 5 of the choice and 1 to 3 of what ships are not done again.
      assertEquals(2, events.stream().filter(e -> e.startsWith("saved")).count());
    }
    if (event.equals("ends TRAIN")) {
      assertEquals(0, events.stream().filter(e -> e.startsWith("saved")).count());
    }
  }

  @Test
  void run_killedTwice_goesOnToTheSameBytes() throws Exception {
    RetrainFixture fixture = before.copy(folder.resolve("killed"));
    for (String event : List.of("saved 3", "saved 4", "halfway")) {
      StandingRuns.kill(List.of(Stand.usual(fixture, event)));
    }
    assertEndedAsClean(fixture, fixture.run(RetrainFixture.options()));
  }

  @Test
  void run_killedHalfwayThroughPublishing_leavesTheFormerDeployed() throws Exception {
    RetrainFixture fixture = killed(PUBLISHING);
    assertEquals(clean.former(), fixture.deployment(() -> {}).deployed());
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                Rollback.run(
                    fixture.workspace(),
                    fixture.deployment(() -> {}),
                    RetrainFixture.listener(event -> {}),
                    RetrainFixture.clock()));
    assertEquals(UserError.Kind.BUSY, error.kind());
  }

  @Test
  void run_withOtherOptionsAfterAKill_beginsAnew() throws Exception {
    RetrainFixture fixture = killed(TRAINED);
    RetrainOptions options = RetrainFixture.options();
    RetrainOptions otherSeed = options.withTraining(options.training().withSeed(7));
    RetrainReport report = fixture.run(otherSeed);
    assertNotEquals(clean.generation(), report.generation());
    assertEquals(Decision.PUBLISHED, report.decision());
  }

  @Test
  void run_besideAnotherProcess_isTurnedAwayInOneLine() throws Exception {
    RetrainFixture fixture = before.copy(folder.resolve("busy"));
    try (StandingRuns other = StandingRuns.start(List.of(Stand.usual(fixture, "ends READ")))) {
      UserError error = assertThrows(UserError.class, () -> fixture.run(RetrainFixture.options()));
      assertEquals(UserError.Kind.BUSY, error.kind());
      assertTrue(error.getMessage().contains("process " + other.pid()), error.getMessage());
      assertEquals(1, error.getMessage().lines().count());
      UserError rollback =
          assertThrows(
              UserError.class,
              () ->
                  Rollback.run(
                      fixture.workspace(),
                      fixture.deployment(() -> {}),
                      RetrainFixture.listener(event -> {}),
                      RetrainFixture.clock()));
      assertEquals(UserError.Kind.BUSY, rollback.kind());
    }
    // The dead process's lock is no obstacle.
    assertEndedAsClean(fixture, fixture.run(RetrainFixture.options()));
  }
}
