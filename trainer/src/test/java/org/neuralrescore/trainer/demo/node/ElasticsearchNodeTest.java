// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;

/** What can go wrong before there is a cluster; the plugin's integration tests start real ones. */
class ElasticsearchNodeTest {
  @TempDir Path folder;
  private Path temporary;

  @BeforeEach
  void letOthersPass() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    temporary = Files.createDirectory(folder.resolve("temporary"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private NodeOptions.Builder options(String node, String installer) {
    return NodeOptions.of(FakeDistribution.zip(folder, node, installer)).temporary(temporary);
  }

  private static UserError failure(NodeOptions.Builder options) {
    UserError error =
        assertThrows(UserError.class, () -> ElasticsearchNode.start(options.build()).close());
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    return error;
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.toList();
    }
  }

  @Test
  void start_whenTheNodeDies_tellsItsReasonAndKeepsItsLogAlone() throws IOException {
    UserError error =
        failure(options("echo 'java.lang.IllegalStateException: no more' ; exit 3", "exit 0"));

    assertTrue(
        error.getMessage().contains("java.lang.IllegalStateException: no more"),
        error.getMessage());
    assertEquals(1, left().size(), left().toString());
    assertTrue(error.getMessage().contains(left().get(0).toString()), error.getMessage());
    assertTrue(Files.readString(left().get(0)).contains("no more"));
  }

  @Test
  void start_whenTheNodeNeverAnswers_killsItAndWhatItStarted() throws IOException {
    String forkAndSleep = "sleep 600 & echo child $!; sleep 600";

    UserError error = failure(options(forkAndSleep, "exit 0").patience(Duration.ofMillis(1500)));

    assertTrue(error.getMessage().contains("did not answer within 1 s"), error.getMessage());
    String child = Files.readString(left().get(0)).strip().replace("child ", "");
    assertFalse(ProcessHandle.of(Long.parseLong(child)).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void start_neverRunsTheNodeAsRoot() throws IOException {
    failure(options("echo uid $(id -u)", "exit 0"));

    assertFalse(Files.readString(left().get(0)).contains("uid 0\n"));
    assertTrue(Files.readString(left().get(0)).startsWith("uid "));
  }

  @Test
  void start_whenTheInstallerFails_givesItsLastLineAndLeavesNothing() throws IOException {
    Path plugin = Files.writeString(folder.resolve("plugin.zip"), "no zip");

    UserError error =
        failure(options("exit 0", "echo 'ERROR: not for this version'; exit 1").plugin(plugin));

    assertTrue(error.getMessage().contains("ERROR: not for this version"), error.getMessage());
    assertTrue(error.getMessage().contains(plugin.toString()), error.getMessage());
    assertEquals(List.of(), left());
  }

  @Test
  void start_givesTheInstallerACopyThatTheAccountCanRead() throws IOException {
    Path plugin = Files.writeString(folder.resolve("plugin.zip"), "content of the plugin");
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rw-------"));
    String showIt = "file=${3#file:}; echo \"got $(cat $file)\"; exit 1";

    UserError error = failure(options("exit 0", showIt).plugin(plugin));

    assertTrue(error.getMessage().contains("got content of the plugin"), error.getMessage());
  }

  @Test
  void close_stopsANodeThatMayBeKept_untilItIsLeftUp() throws IOException {
    HttpServer health =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    health.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    health.start();
    String listens =
        "mkdir -p logs; echo 127.0.0.1:" + health.getAddress().getPort() + " > logs/http.ports;";
    Path zip = FakeDistribution.zip(folder, listens + " exec sleep 600", "exit 0");
    try {
      for (boolean left : List.of(false, true)) {
        ElasticsearchNode node =
            ElasticsearchNode.start(NodeOptions.of(zip).temporary(temporary).keep(true).build());
        ProcessHandle process = ProcessHandle.of(node.pid()).orElseThrow();
        assertTrue(process.isAlive());
        if (left) {
          node.leaveUp();
        }
        node.close();
        assertEquals(left, process.isAlive());
        assertEquals(left, Files.exists(node.home()));
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } finally {
      health.stop(0);
    }
  }

  @Test
  void start_whenThereIsNoPlugin_saysWhatBuildsIt() throws IOException {
    UserError error = failure(options("exit 0", "exit 0").plugin(folder.resolve("none.zip")));

    assertTrue(error.getMessage().contains("none.zip"), error.getMessage());
    assertTrue(error.getMessage().contains("./mvnw package"), error.getMessage());
    assertEquals(List.of(), left());
  }

  @Test
  void start_whenTheJdkIsNotThere_namesIt() throws IOException {
    UserError error = failure(options("exit 0", "exit 0").javaHome(folder.resolve("no-jdk")));

    assertTrue(error.getMessage().contains("no-jdk/bin/java"), error.getMessage());
    assertEquals(List.of(), left());
  }
}
