// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * With a distribution of scripts; the plugin's integration tests start real nodes on such homes.
 */
class PreparedHomesTest {
  /** Counts its runs beside the distribution, and leaves what a real one might. */
  private static final String INSTALLER =
      "echo run >> %s; mkdir -p plugins/fake logs data; echo jar > plugins/fake/fake.jar;"
          + " echo installed > logs/installer.log; echo 1 > data/node.lock; echo a: b >"
          + " config/fake.yml; chmod 640 config/fake.yml";

  @TempDir Path folder;
  private Path temporary;
  private Path runs;
  private Path plugin;

  @BeforeEach
  void letOthersPass() throws IOException {
    for (Path made : List.of(folder, Files.createDirectory(folder.resolve("temporary")))) {
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
    }
    temporary = folder.resolve("temporary");
    runs = Files.createFile(folder.resolve("runs"));
    Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rw-rw-rw-"));
    plugin = Files.writeString(folder.resolve("plugin.zip"), "plugin");
  }

  private NodeOptions.Builder options(String installer) {
    return NodeOptions.of(FakeDistribution.zip(folder, "exit 0", installer)).temporary(temporary);
  }

  private NodeOptions.Builder options() {
    return options(INSTALLER.formatted(runs));
  }

  private static NodeFolder fill(PreparedHomes homes, NodeOptions options)
      throws IOException, InterruptedException {
    return fill(homes, options, NodeFolder.create(options.temporary()));
  }

  private static NodeFolder fill(PreparedHomes homes, NodeOptions options, NodeFolder node)
      throws IOException, InterruptedException {
    RunAs runAs = RunAs.find(node.root(), options.account());
    homes.fill(node, options, runAs, Progress.silent());
    return node;
  }

  private static List<Path> list(Path of) throws IOException {
    try (Stream<Path> entries = Files.list(of)) {
      return entries.toList();
    }
  }

  private static Object file(Path path) throws IOException {
    return Files.readAttributes(path, "unix:ino").get("ino");
  }

  @Test
  void fill_aSecondTime_hasThePluginAndInstallsNothing() throws Exception {
    NodeOptions options = options().plugin(plugin).build();
    try (PreparedHomes homes = new PreparedHomes()) {
      Path first = fill(homes, options).home();
      Path second = fill(homes, options).home();

      assertEquals("run\n", Files.readString(runs));
      assertEquals("jar\n", Files.readString(second.resolve("plugins/fake/fake.jar")));
      assertTrue(Files.isExecutable(second.resolve("bin/elasticsearch")));
      for (String shared : List.of("plugins/fake/fake.jar", "bin/elasticsearch", "README")) {
        assertEquals(file(first.resolve(shared)), file(second.resolve(shared)), shared);
      }
      for (String empty : List.of("logs", "data", "tmp")) {
        assertEquals(List.of(), list(second.resolve(empty)), empty);
      }
    }
  }

  @Test
  void config_ofOneHome_reachesNoOther() throws Exception {
    NodeOptions options = options().plugin(plugin).build();
    try (PreparedHomes homes = new PreparedHomes()) {
      Path first = fill(homes, options).home();
      NodeConfig.write(
          first,
          options().setting("node.name", "first").configFile("users", "root:secret").build());
      Files.writeString(first.resolve("config/fake.yml"), "a: changed");
      Files.writeString(first.resolve("config/elasticsearch.keystore"), "secret");
      Path second = fill(homes, options).home();

      assertEquals(List.of(second.resolve("config/fake.yml")), list(second.resolve("config")));
      assertEquals("a: b\n", Files.readString(second.resolve("config/fake.yml")));
      assertEquals(
          "rw-r-----",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(second.resolve("config/fake.yml"))));
    }
  }

  @Test
  void fill_gives_everyFileToTheAccountThatInstalled() throws Exception {
    NodeOptions options = options().plugin(plugin).build();
    try (PreparedHomes homes = new PreparedHomes()) {
      NodeFolder node = fill(homes, options);
      RunAs runAs = RunAs.find(node.root(), options.account());
      runAs.own(node.home());
      Map<String, Object> owner = Files.readAttributes(node.home(), "unix:uid,gid");
      try (Stream<Path> files = Files.walk(node.home())) {
        for (Path path : files.toList()) {
          assertEquals(owner, Files.readAttributes(path, "unix:uid,gid"), path.toString());
        }
      }
    }
  }

  @Test
  void fill_withOtherPlugins_preparesAnotherHome() throws Exception {
    try (PreparedHomes homes = new PreparedHomes()) {
      fill(homes, options().plugin(plugin).build());
      Path bare = fill(homes, options().build()).home();

      assertFalse(Files.exists(bare.resolve("plugins/fake")));
      Path other = Files.writeString(folder.resolve("other.zip"), "other");
      fill(homes, options().plugin(other).build());
      assertEquals("run\nrun\n", Files.readString(runs));
    }
  }

  @Test
  void fill_onAnotherFileSystem_copies() throws Exception {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "no other file system here");
    NodeOptions options = options().plugin(plugin).build();
    NodeFolder node = NodeFolder.create(memory);
    try (PreparedHomes homes = new PreparedHomes()) {
      assumeTrue(
          !Files.getFileStore(memory).equals(Files.getFileStore(temporary)), "one file system");
      Path linked = fill(homes, options).home();
      Path copied = fill(homes, options, node).home();

      String jar = "plugins/fake/fake.jar";
      assertEquals("jar\n", Files.readString(copied.resolve(jar)));
      assertTrue(Files.isExecutable(copied.resolve("bin/elasticsearch")));
      assertNotEquals(file(linked.resolve(jar)), file(copied.resolve(jar)));
    } finally {
      node.delete();
    }
  }

  @Test
  void close_deletesWhatWasPrepared_andLeavesTheNodes() throws Exception {
    NodeOptions options = options().plugin(plugin).build();
    NodeFolder node;
    PreparedHomes homes = new PreparedHomes();
    try (homes) {
      node = fill(homes, options);
      assertEquals(2, list(temporary).size());
    }

    assertEquals(List.of(node.root()), list(temporary));
    assertEquals("jar\n", Files.readString(node.home().resolve("plugins/fake/fake.jar")));
    node.delete();
    assertThrows(IllegalStateException.class, () -> fill(homes, options));
  }

  @Test
  void fill_whenTheInstallerFails_leavesNothingAndTriesAgain() throws Exception {
    String once = "test -s %1$s && exit 0; echo failed > %1$s; echo 'ERROR: no'; exit 1";
    NodeOptions options = options(once.formatted(runs)).plugin(plugin).build();
    try (PreparedHomes homes = new PreparedHomes()) {
      NodeFolder node = NodeFolder.create(temporary);
      UserError error = assertThrows(UserError.class, () -> fill(homes, options, node));

      assertTrue(error.getMessage().contains("ERROR: no"), error.getMessage());
      assertEquals(List.of(node.root()), list(temporary));
      assertTrue(Files.exists(fill(homes, options, node).home().resolve("bin/elasticsearch")));
    }
  }

  @Test
  void endOfTheJvm_deletesWhatWasPrepared() throws Exception {
    Path zip = FakeDistribution.zip(folder, "exit 0", INSTALLER.formatted(runs));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PreparedHomesTest.class.getName(),
                zip.toString(),
                plugin.toString(),
                temporary.toString())
            .inheritIO()
            .start();

    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    assertEquals("run\n", Files.readString(runs));
    assertEquals(1, list(temporary).size());
    assertTrue(Files.exists(list(temporary).get(0).resolve("elasticsearch/plugins/fake/fake.jar")));
  }

  /**
   * Fills one home and ends without closing.
   *
   * @param args the distribution, the plugin and where homes are made
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    fill(
        new PreparedHomes(),
        NodeOptions.of(Path.of(args[0]))
            .plugin(Path.of(args[1]))
            .temporary(Path.of(args[2]))
            .build());
  }
}
