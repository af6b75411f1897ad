// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A process in which runs stand still, each at an event of its own, so that one SIGKILL kills them
 * there. Several share a process because a JVM's start costs many times a run of theirs.
 */
final class StandingRuns implements AutoCloseable {
  /**
   * A run and where it stands.
   *
   * @param fixture its folder, which no other run of the process has
   * @param event such as {@code begins TRAIN} or {@code halfway}
   * @param what as of {@link RetrainFixture#options(String)}
   */
  record Stand(RetrainFixture fixture, String event, String what) {
    /** With the factors that most tests have. */
    static Stand usual(RetrainFixture fixture, String event) {
      return new Stand(fixture, event, "implicit-als");
    }
  }

  private final Process process;

  private StandingRuns(Process process) {
    this.process = process;
  }

  /** Starts the process and waits until all stand. */
  static StandingRuns start(List<Stand> stands) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StandingRuns.class.getName()));
    for (Stand stand : stands) {
      command.addAll(List.of(stand.fixture().root().toString(), stand.event(), stand.what()));
    }
    Path log = stands.get(0).fixture().root().resolve("stderr.log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    StandingRuns runs = new StandingRuns(process);
    for (Stand stand : stands) {
      String said = process.inputReader().readLine();
      if (!"HERE".equals(said)) {
        process.waitFor();
        fail(
            "the run of %s never came to [%s] (%s): %s"
                .formatted(stand.what(), stand.event(), said, Files.readString(log)));
      }
    }
    return runs;
  }

  /** Starts them, waits until all stand, and kills them there. */
  static void kill(List<Stand> stands) throws IOException, InterruptedException {
    StandingRuns runs = start(stands);
    runs.close();
    assertEquals(137, runs.process.exitValue());
  }

  long pid() {
    return process.pid();
  }

  /** Kills them all. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    BufferedReader out = process.inputReader();
    out.close();
  }

  /**
   * Runs in turn, each to its event; prints {@code HERE} when one stands there. One that ends
   * without ends the process.
   *
   * @param args for each run, the fixture's folder, the event and what
   */
  public static void main(String[] args) {
    for (int run = 0; run < args.length; run += 3) {
      String said = stand(new RetrainFixture(Path.of(args[run])), args[run + 1], args[run + 2]);
      System.out.println(said);
      if (!said.equals("HERE")) {
        return;
      }
    }
    stand();
  }

  /** On a thread of its own, which does not hold the process. */
  private static String stand(RetrainFixture fixture, String event, String what) {
    CompletableFuture<String> here = new CompletableFuture<>();
    Consumer<String> stop =
        heard -> {
          if (heard.equals(event)) {
            here.complete("HERE");
            stand();
          }
        };
    Retraining retraining =
        fixture.retraining(
            RetrainFixture.options(what),
            RetrainFixture.listener(stop),
            () -> stop.accept("halfway"));
    CompletableFuture<String> ended =
        CompletableFuture.supplyAsync(
            () -> "DONE, " + retraining.run().decision(), StandingRuns::onDaemon);
    return CompletableFuture.anyOf(here, ended).join().toString();
  }

  private static void onDaemon(Runnable run) {
    Thread thread = new Thread(run, "standing-run");
    thread.setDaemon(true);
    thread.start();
  }

  private static void stand() {
    while (true) {
      LockSupport.park();
    }
  }
}
