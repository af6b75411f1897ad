// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.BundleChecksum;

/** Runs are killed with SIGKILL, in a process of their own, and gone on with. */
class RetrainKillTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  /** One generation deployed, newer data shown, nothing retrained yet. */
  private static RetrainFixture before;

  private static RetrainReport clean;
  private static String checksum;
  private static String history;

  @BeforeAll
  static void deployAFirstGeneration() throws IOException {
    before = RetrainFixture.generate(shared.resolve("before")).show(0.8);
    before.run(RetrainFixture.options());
    before.show(1.0);
    RetrainFixture whole = before.copy(shared.resolve("whole"));
    clean = whole.run(RetrainFixture.options());
    checksum = checksum(whole);
    history = history(whole);
  }

  private static String checksum(RetrainFixture fixture) {
    return BundleChecksum.of(fixture.workspace().generation(clean.generation().orElseThrow()));
  }

  private static String history(RetrainFixture fixture) throws IOException {
    return Files.readString(fixture.workspace().folder().resolve(History.FILE));
  }

  private static Process start(RetrainFixture fixture, String event) throws IOException {
    return start(fixture, event, "implicit-als");
  }

  private static Process start(RetrainFixture fixture, String event, String what)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RetrainFixture.class.getName(),
            fixture.root().toString(),
            event,
            what)
        .redirectError(log(fixture).toFile())
        .start();
  }

  private static Path log(RetrainFixture fixture) {
    return fixture.root().resolve("stderr.log");
  }

  /** Runs until the event and kills there. */
  private static void killAt(RetrainFixture fixture, String event)
      throws IOException, InterruptedException {
    killAt(fixture, event, "implicit-als");
  }

  private static void killAt(RetrainFixture fixture, String event, String what)
      throws IOException, InterruptedException {
    Process process = start(fixture, event, what);
    try (BufferedReader out = process.inputReader()) {
      if (!"HERE".equals(out.readLine())) {
        fail("the run never came to [" + event + "]: " + Files.readString(log(fixture)));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertEquals(137, process.exitValue());
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

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "ends RECORD"
      })
  void run_killedAnywhere_goesOnToTheSameBytes(String event) throws Exception {
    RetrainFixture fixture = before.copy(folder.resolve("killed"));
    killAt(fixture, event);
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
    killAt(fixture, "saved 3");
    killAt(fixture, "saved 4");
    killAt(fixture, "halfway");
    assertEndedAsClean(fixture, fixture.run(RetrainFixture.options()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kl-cd", "a-hals", "e-a-hals", "distilled", "transitions", "session-softmax"})
  void run_killedInTheSweepsOfAnyLoss_goesOnToTheSameBytes(String method) throws Exception {
    assertGoesOnToTheSameBytes(RetrainFixture.options(method), method);
  }

  @Test
  void run_thatTrainsWithFeatures_killedInItsSweeps_goesOnToTheSameBytes() throws Exception {
    assertGoesOnToTheSameBytes(RetrainFixture.withFeatures(), "features");
  }

  private void assertGoesOnToTheSameBytes(RetrainOptions options, String what) throws Exception {
    RetrainFixture first = before.copy(folder.resolve("first")).show(0.8);
    RetrainReport cold = first.run(options);
    first.show(1.0);
    RetrainFixture whole = first.copy(folder.resolve("whole"));
    RetrainReport report = whole.run(options);
    assertEquals(cold.generation(), report.former());
    RetrainFixture fixture = first.copy(folder.resolve("killed"));
    killAt(fixture, "saved 3", what);
    assertEquals(report, fixture.run(options));
    assertEquals(
        BundleChecksum.of(whole.workspace().generation(report.generation().orElseThrow())),
        BundleChecksum.of(fixture.workspace().generation(report.generation().orElseThrow())));
  }

  @Test
  void run_killedHalfwayThroughPublishing_leavesTheFormerDeployed() throws Exception {
    RetrainFixture fixture = before.copy(folder.resolve("killed"));
    killAt(fixture, "halfway");
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
    RetrainFixture fixture = before.copy(folder.resolve("killed"));
    killAt(fixture, "ends TRAIN");
    RetrainOptions options = RetrainFixture.options();
    RetrainOptions otherSeed = options.withTraining(options.training().withSeed(7));
    RetrainReport report = fixture.run(otherSeed);
    assertNotEquals(clean.generation(), report.generation());
    assertEquals(Decision.PUBLISHED, report.decision());
  }

  @Test
  void run_besideAnotherProcess_isTurnedAwayInOneLine() throws Exception {
    RetrainFixture fixture = before.copy(folder.resolve("busy"));
    Process other = start(fixture, "ends READ");
    try (BufferedReader out = other.inputReader()) {
      if (!"HERE".equals(out.readLine())) {
        fail("the run never began to train: " + Files.readString(log(fixture)));
      }
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
    } finally {
      other.destroyForcibly().waitFor();
    }
    // The dead process's lock is no obstacle.
    assertEndedAsClean(fixture, fixture.run(RetrainFixture.options()));
  }
}
