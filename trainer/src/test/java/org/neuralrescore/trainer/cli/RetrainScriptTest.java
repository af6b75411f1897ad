// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for cron, with a command beside it that says what it was given. */
class RetrainScriptTest {
  @TempDir Path folder;
  private Path bin;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    bin = Files.createDirectories(folder.resolve("with space/bin"));
    Files.copy(
        Path.of(System.getProperty("neuralrescore.root"), "trainer/bin/retrain.sh"),
        bin.resolve("retrain.sh"));
    Files.writeString(
        bin.resolve("neural-rescore"),
        """
        #!/usr/bin/env bash
        printf '<%s>' "$@"; echo
        echo "key=${ELASTICSEARCH_API_KEY:-none}"
        echo 'neural-rescore: the gate refused' >&2
        exit "${FAKE_CODE:-0}"
        """);
    Files.setPosixFilePermissions(
        bin.resolve("neural-rescore"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        bin.resolve("retrain.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(bin.resolve("retrain.sh").toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    builder.environment().keySet().removeIf(name -> name.startsWith("ELASTICSEARCH_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  @Test
  void run_fromAnywhere_passesFlagsAndExitCodeOn() throws Exception {
    Ended ended = run(Map.of("FAKE_CODE", "8"), "--name", "films", "--data", "a b");
    assertEquals(8, ended.code());
    assertEquals("<retrain><--name><films><--data><a b>\nkey=none\n", ended.out());
    assertEquals("neural-rescore: the gate refused\n", ended.err());
  }

  @Test
  void run_throughALink_findsTheCommandBesideTheScript() throws Exception {
    Path link = folder.resolve("link.sh");
    Files.createSymbolicLink(link, bin.resolve("retrain.sh"));
    bin = folder.resolve("elsewhere");
    Files.createDirectories(bin);
    Files.createSymbolicLink(bin.resolve("retrain.sh"), link);
    assertEquals(0, run(Map.of(), "--name", "films").code());
  }

  @Test
  void run_withALog_appendsAllAndPrintsOnlyTheErrorsLine() throws Exception {
    Path log = folder.resolve("logs/films.log");
    assertEquals(new Ended(0, "", ""), run(Map.of("NEURAL_RESCORE_LOG", log.toString()), "--a"));
    Ended refused =
        run(Map.of("NEURAL_RESCORE_LOG", log.toString(), "FAKE_CODE", "8"), "--name", "films");
    assertEquals(new Ended(8, "", "neural-rescore: the gate refused\n"), refused);
    List<String> lines = Files.readAllLines(log);
    assertEquals(10, lines.size());
    assertTrue(lines.get(4).endsWith("end: exit code 0"), lines.get(4));
    assertTrue(lines.get(5).endsWith("begin: retrain --name films"), lines.get(5));
    assertTrue(lines.get(9).endsWith("end: exit code 8"), lines.get(9));
  }

  @Test
  void run_thatIsKilled_endsTheCommandWithIt() throws Exception {
    Path log = folder.resolve("films.log");
    Path alive = folder.resolve("alive");
    Files.writeString(
        bin.resolve("neural-rescore"),
        """
        #!/usr/bin/env bash
        echo $$ > '%s.new'; mv '%s.new' '%s'
        exec sleep 600
        """
            .replace("%s", alive.toString()));
    ProcessBuilder builder = new ProcessBuilder(bin.resolve("retrain.sh").toString());
    builder.environment().put("NEURAL_RESCORE_LOG", log.toString());
    Process script = builder.start();
    while (!Files.exists(alive)) {
      assertTrue(script.isAlive());
      Thread.onSpinWait();
    }
    ProcessHandle command =
        ProcessHandle.of(Long.parseLong(Files.readString(alive).strip())).orElseThrow();

    // The handle, for the process would close its streams, too.
    script.toHandle().destroy();

    assertEquals(143, script.waitFor());
    assertFalse(command.isAlive());
    List<String> lines = Files.readAllLines(log);
    assertTrue(lines.get(lines.size() - 1).endsWith("end: exit code 143"), lines.toString());
  }

  @Test
  void run_whoseLogHasNoRoom_saysSoAndBeginsNothing() throws Exception {
    Ended ended = run(Map.of("NEURAL_RESCORE_LOG", "/dev/full"));
    assertEquals(7, ended.code());
    assertTrue(ended.err().endsWith("[/dev/full]: is its disk full?\n"), ended.err());
  }

  @Test
  void run_besideOthersInOneLog_printsItsOwnErrorsLine() throws Exception {
    Path log = folder.resolve("films.log");
    Files.writeString(
        bin.resolve("neural-rescore"),
        """
        #!/usr/bin/env bash
        echo 'neural-rescore: note: something' >&2
        echo 'neural-rescore: this is a defect, please report it:' >&2
        echo '  at a.line(Of.java)' >&2
        echo '2026-01-01T00:00:00Z sweep 7 of another run' >> "$NEURAL_RESCORE_LOG"
        exit 1
        """);
    Ended ended = run(Map.of("NEURAL_RESCORE_LOG", log.toString()));
    assertEquals(new Ended(1, "", "neural-rescore: this is a defect, please report it:\n"), ended);
    assertEquals(6, Files.readAllLines(log).size());
  }

  @Test
  void run_withAKeyFile_passesTheKeyInTheEnvironment() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "c2VjcmV0\n");
    Ended ended = run(Map.of("ELASTICSEARCH_API_KEY_FILE", key.toString()));
    assertEquals("<retrain>\nkey=c2VjcmV0\n", ended.out());
    Ended missing = run(Map.of("ELASTICSEARCH_API_KEY_FILE", folder.resolve("no").toString()));
    assertEquals(3, missing.code());
    assertTrue(missing.err().contains("ELASTICSEARCH_API_KEY_FILE"), missing.err());
  }

  @Test
  void run_withoutAPlaceForItsLog_exits7() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Ended ended = run(Map.of("NEURAL_RESCORE_LOG", file.resolve("log").toString()));
    assertEquals(7, ended.code());
    assertTrue(ended.err().contains("NEURAL_RESCORE_LOG"), ended.err());
  }
}
