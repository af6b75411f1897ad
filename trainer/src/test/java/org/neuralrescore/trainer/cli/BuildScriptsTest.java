// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of the build in a checkout of their own, whose Maven only says that it was called. */
class BuildScriptsTest {
  @TempDir Path root;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    for (String script : List.of(".ci/run", "plugin/build-matrix.sh")) {
      Path original = Path.of(System.getProperty("neuralrescore.root"), script);
      executable(script, Files.readString(original));
    }
    executable("mvnw", "#!/usr/bin/env bash\necho \"$*\" >> calls\nexit ${FAKE_CODE:-0}\n");
    executable(
        "trainer/bin/neural-rescore", "#!/usr/bin/env bash\necho '{\"rank_mismatches\": 0}'\n");
    executable("plugin/find-jdk.sh", "#!/usr/bin/env bash\necho /a/jdk\n");
    executable("plugin/earlier-build.sh", "#!/usr/bin/env bash\necho /an/earlier.zip\n");
    executable("bin/curl", "#!/usr/bin/env bash\nexit 1\n");
    executable("bin/column", "#!/usr/bin/env bash\ncat\n");
  }

  private void executable(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(int maven, String script, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve(script).toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FAKE_CODE", Integer.toString(maven));
    builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  private List<String> builds() throws IOException {
    Path calls = root.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  @Test
  void integration_withAllThatItWants_testsAllAndLeavesNothingOut() throws Exception {
    Ended ended = run(0, ".ci/run", "--whole");
    assertEquals(0, ended.code(), ended.err());
    assertEquals("", ended.err());
    assertEquals(2, builds().size());
    assertTrue(builds().get(0).endsWith("-Dneuralrescore.earlier=/an/earlier.zip"));
    assertTrue(builds().get(1).contains("-Pes9"));
  }

  @Test
  void integration_whatIsLeftOut_isToldInTheLastLines_andWholeItFailsBeforeItBuilds()
      throws Exception {
    executable("plugin/find-jdk.sh", "#!/usr/bin/env bash\nexit 1\n");
    executable(
        "plugin/earlier-build.sh", "#!/usr/bin/env bash\necho 'no such commit' >&2\nexit 1\n");
    Ended some = run(0, ".ci/run");
    assertEquals(0, some.code(), some.err());
    assertEquals(List.of("-B -ntp verify"), builds());
    List<String> lines = some.err().lines().toList();
    List<String> last = lines.subList(lines.size() - 2, lines.size());
    assertTrue(last.get(0).startsWith("!!! ELASTICSEARCH 9 IS NOT TESTED"), some.err());
    assertTrue(last.get(1).startsWith("!!! THE ROLLING UPGRADE IS NOT TESTED"), some.err());
    // And once at the start, before hours of it.
    assertEquals(5, lines.size(), some.err());

    Ended whole = run(0, ".ci/run", "--whole");
    assertEquals(1, whole.code());
    assertEquals(1, builds().size());
    assertEquals(2, run(0, ".ci/run", "--hole").code());
  }

  @Test
  void matrix_ofABuildThatFailed_showsNoZipOfAnEarlierOne() throws Exception {
    Files.writeString(root.resolve("pom.xml"), "<project>\n  <version>1.0</version>\n</project>\n");
    String zip = "neural-rescore-1.0-es8.19.21.zip";
    Path matrix = Files.createDirectories(root.resolve("plugin/target/matrix"));
    Files.writeString(root.resolve("plugin/target").resolve(zip), "of another day");
    Files.writeString(matrix.resolve(zip), "of another day");
    Ended ended = run(1, "plugin/build-matrix.sh", "8.19.21");
    assertEquals(1, ended.code());
    assertTrue(ended.out().contains("FAILED"), ended.out() + ended.err());
    assertFalse(ended.out().contains(zip), ended.out());
    assertFalse(Files.exists(matrix.resolve(zip)));
  }
}
