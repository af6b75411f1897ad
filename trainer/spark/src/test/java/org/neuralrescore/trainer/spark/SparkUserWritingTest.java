// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.bundle.UserFile;
import org.neuralrescore.trainer.cli.NeuralRescore;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.engine.EngineOptions;
import org.neuralrescore.trainer.publish.ApartUsers;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.Owner;
import org.neuralrescore.trainer.publish.UserWriting;
import org.neuralrescore.trainer.publish.Written;
import tools.jackson.databind.JsonNode;

/** Users who stand apart, written by executors: the same documents, once each in the count. */
class SparkUserWritingTest {
  private static final int USERS = 3_300;
  private static final String SECRET = "open-sesame-4711";

  @TempDir static Path folder;
  private static UserFile users;

  @TempDir Path scratch;

  @BeforeAll
  static void train() throws IOException {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(100, USERS, 3));
    StringWriter err = new StringWriter();
    String flags =
        "--name films --factors implicit-als --rank 4 --sweeps 2 --no-network --baselines none"
            + " --evaluate-users 50 --users-in-memory 10";
    List<String> args =
        Stream.concat(
                Stream.of(
                    "train",
                    "--data",
                    folder.resolve("data").toString(),
                    "--out",
                    folder.resolve("models").toString()),
                Stream.of(flags.split(" ", -1)))
            .toList();
    int code =
        NeuralRescore.run(
            new PrintWriter(new StringWriter(), true),
            new PrintWriter(err, true),
            args.toArray(new String[0]));
    assertEquals(0, code, err.toString());
    users = StoredBundle.open(folder.resolve("models/films")).usersApart().orElseThrow();
    assertEquals(USERS, users.rows());
  }

  /** Tasks are tried twice, and events are kept. */
  private EngineOptions options() throws IOException {
    return new EngineOptions(
        Optional.of("local[2,2]"),
        Optional.empty(),
        scratch,
        Map.of(
            "spark.eventLog.enabled",
            "true",
            "spark.eventLog.compress",
            "false",
            "spark.eventLog.dir",
            Files.createDirectories(scratch.resolve("events")).toUri().toString()),
        Optional.empty());
  }

  private static ApartUsers users(FakeUsersIndex index, Owner owner) {
    return new ApartUsers(
        new ClusterAddress(List.of(index.uri()), new ClusterAddress.Password("publisher", SECRET)),
        "films-users",
        owner,
        users,
        "factors_g1");
  }

  private static Written write(UserWriting writing, FakeUsersIndex index, Owner owner) {
    ApartUsers all = users(index, owner);
    try (Cluster here = Cluster.connect(all.cluster())) {
      return writing.write(here, all, Progress.none());
    }
  }

  private static Map<String, JsonNode> writtenHere(Owner owner) {
    try (FakeUsersIndex index = new FakeUsersIndex(n -> 200)) {
      assertEquals(USERS, write(UserWriting.here(), index, owner).documents());
      assertEquals(USERS, index.documents().size());
      return index.documents();
    }
  }

  private void assertWritten(Owner owner, IntUnaryOperator status) throws IOException {
    try (FakeUsersIndex index = new FakeUsersIndex(status);
        Session session = Session.start(options())) {
      Written written = write(new SparkUserWriting(session::spark), index, owner);
      assertEquals(new Written(USERS, 0, 0, Optional.empty()), written);
      assertEquals(writtenHere(owner), index.documents());
      String login =
          Base64.getEncoder()
              .encodeToString(("publisher:" + SECRET).getBytes(StandardCharsets.UTF_8));
      assertEquals(Set.of("Basic " + login), index.authorizations());
      String settings = session.spark().sparkContext().getConf().toDebugString();
      assertFalse(settings.contains(SECRET), settings);
    }
  }

  @Test
  void users_areThoseOfOneMachine_withATaskThatFailedOnce() throws IOException {
    // One request of a task is not answered as it should: some of its documents are there already.
    assertWritten(Owner.WE, n -> n == 7 ? 500 : 200);
    assertWritten(Owner.NEW, n -> n == 7 ? 500 : 200);
  }

  @Test
  void users_ofAProcessOfItsOwn_areTheRowsThatItIsGiven() {
    try (FakeUsersIndex index = new FakeUsersIndex(n -> 200)) {
      WireUsers there = Travelled.of(WireUsers.of(users(index, Owner.WE)));
      Written first = Travelled.of(WrittenPart.of(there.write(1_000, 1_700))).written();
      Written second = there.write(3_299, 3_300);
      assertEquals(new Written(700, 0, 0, Optional.empty()), first);
      assertEquals(new Written(701, 0, 0, Optional.empty()), first.plus(second));
      try (UserFile.Rows rows = users.open()) {
        for (int row = 0; row < USERS; row++) {
          String id = rows.next().id();
          boolean written = (row >= 1_000 && row < 1_700) || row == 3_299;
          assertEquals(written, index.documents().containsKey(id), id);
        }
      }
    }
  }

  @Test
  void bundleThatExecutorsDoNotSee_isToldInALine() throws IOException {
    try (FakeUsersIndex index = new FakeUsersIndex(n -> 200);
        Session session = Session.start(options())) {
      ApartUsers seen = users(index, Owner.WE);
      ApartUsers unseen =
          new ApartUsers(
              seen.cluster(),
              seen.index(),
              seen.owner(),
              new UserFile(Path.of("/nowhere/users.parquet"), 4, USERS),
              seen.field());
      try (Cluster here = Cluster.connect(seen.cluster())) {
        SparkUserWriting writing = new SparkUserWriting(session::spark);
        UserError told =
            assertThrows(UserError.class, () -> writing.write(here, unseen, Progress.none()));
        assertEquals(
            "/nowhere/users.parquet: is on the driver's machine and not on an executor's; put the"
                + " bundle where all see it, or publish with --engine local",
            told.getMessage());
      }
    }
  }

  @Test
  void clusterThatHasTooMuchToDo_isGivenTime_andNoTaskFails() throws IOException {
    assertWritten(Owner.WE, n -> n % 3 == 0 ? 429 : 200);
    assertEquals(0, failedTasks());
  }

  @Test
  void login_standsInNoEvent() throws IOException {
    assertWritten(Owner.WE, n -> n == 3 ? 503 : 200);
    assertEquals(1, failedTasks());
    String login =
        Base64.getEncoder()
            .encodeToString(("publisher:" + SECRET).getBytes(StandardCharsets.UTF_8));
    String events = events();
    assertTrue(events.contains("SparkListenerEnvironmentUpdate"), "no events were kept");
    assertFalse(events.contains(SECRET) || events.contains(login), "the login is among the events");
  }

  private String events() throws IOException {
    StringBuilder events = new StringBuilder();
    try (Stream<Path> files = Files.walk(scratch.resolve("events"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        events.append(Files.readString(file));
      }
    }
    return events.toString();
  }

  private long failedTasks() throws IOException {
    return events()
        .lines()
        .filter(line -> line.contains("SparkListenerTaskEnd") && line.contains("\"Failed\":true"))
        .count();
  }

  @Test
  void whatIsRefused_isToldInALine_afterAllElseWasWritten() throws IOException {
    try (FakeUsersIndex index = new FakeUsersIndex(n -> n == 2 ? 400 : 200);
        Session session = Session.start(options())) {
      Written written = write(new SparkUserWriting(session::spark), index, Owner.WE);
      assertEquals(USERS, written.answered());
      assertEquals(USERS - 1, index.documents().size());
      UserError told = assertThrows(UserError.class, () -> written.requireTaken("films-users"));
      assertTrue(
          told.getMessage().startsWith("1 of 3300 documents were refused by index [films-users]"),
          told.getMessage());
    }
    assertEquals(0, failedTasks());
  }

  @Test
  void clusterThatTakesNothing_isToldInALine() throws IOException {
    try (FakeUsersIndex index = new FakeUsersIndex(n -> 403);
        Session session = Session.start(options())) {
      UserError told =
          assertThrows(
              UserError.class, () -> write(new SparkUserWriting(session::spark), index, Owner.WE));
      assertEquals(UserError.Kind.CLUSTER, told.kind());
      assertEquals("cannot write to index [films-users], status 403: not today", told.getMessage());
    }
  }
}
