// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page's table of large runs: each by the launcher in processes of its own, one after the
 * other, of which seconds and the largest memory are taken. It asserts that they end and what they
 * read, and no time. {@code target/scale.md} has the rows.
 *
 * <pre>
 * ./mvnw -Pspark,long -pl trainer/spark -am verify -Dtest=NONE -Dit.test=SparkScaleIT
 * </pre>
 *
 * <p>{@code -Dneuralrescore.scale.users=40000,200000,800000} says how large, a user having some 24
 * interactions, and {@code -Dneuralrescore.scale.only=cluster} which runs, by a part of their name.
 */
@Tag("long")
class SparkScaleIT {
  private static final Path ROOT = Path.of(System.getProperty("neuralrescore.root"));
  private static final String USERS =
      System.getProperty("neuralrescore.scale.users", "40000,200000,800000");
  private static final String ONLY = System.getProperty("neuralrescore.scale.only", "");

  @TempDir Path folder;

  /**
   * How a run is made.
   *
   * @param heap of the driver, as for {@code -Xmx}
   * @param more arguments of {@code train}
   */
  private record Run(String master, String heap, List<String> more) {
    private static final Run TWO = new Run("local[2]", "6g", List.of());

    /** The largest is run on each. */
    private static final List<Run> OTHERS =
        List.of(
            new Run("local[1]", "6g", List.of()),
            new Run("local-cluster[2,1,4096]", "3g", List.of()),
            new Run("local-cluster[2,1,4096]", "1500m", List.of("--driver-users", "50000")));

    private String name() {
      return master + " " + heap + " " + String.join(" ", more);
    }
  }

  @Test
  void train_ofGrowingSize_endsInItsMemory() throws Exception {
    List<String> rows = new ArrayList<>();
    List<Integer> sizes = Stream.of(USERS.split(",", -1)).map(Integer::valueOf).sorted().toList();
    for (int users : sizes) {
      Path data = folder.resolve("data-" + users);
      start("2g", "generate", "--out", data.toString(), "--items", "20000", "--users", "" + users)
          .end();
      rows.addAll(asked(users, data, List.of(Run.TWO)));
    }
    int largest = sizes.get(sizes.size() - 1);
    rows.addAll(asked(largest, folder.resolve("data-" + largest), Run.OTHERS));
    assertFalse(rows.isEmpty(), "no run has [" + ONLY + "] in its name");
    Files.write(ROOT.resolve("trainer/spark/target/scale.md"), rows);
  }

  private List<String> asked(int users, Path data, List<Run> runs) throws Exception {
    List<String> rows = new ArrayList<>();
    for (Run run : runs) {
      if (run.name().contains(ONLY)) {
        rows.add(run(users, data, run));
      }
    }
    return rows;
  }

  private String run(int users, Path data, Run run) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--engine", "spark", "--master", run.master(), "--data"));
    arguments.addAll(List.of(data.toString(), "--name", "scale", "--out"));
    Path out = Files.createTempDirectory(folder, "out");
    arguments.addAll(List.of(out.toString(), "--rank", "16", "--sweeps", "5", "--no-network"));
    arguments.addAll(List.of("--baselines", "none", "--evaluate-users", "2000", "--json"));
    arguments.addAll(run.more());
    Measured measured = start(run.heap(), arguments.toArray(String[]::new));
    JsonNode result = JsonMapper.shared().readTree(measured.end());
    assertTrue(result.get("offline").get("cases").asInt() > 0, result::toString);
    String row =
        String.format(
            Locale.ROOT,
            "| %d users | `%s` | %.0f s | %.0f s of processors | %s |",
            users,
            run.name().strip(),
            measured.processes().seconds(),
            measured.processes().processorSeconds(),
            measured.processes().memory());
    System.out.println(row);
    return row;
  }

  /** A process with what it printed. */
  private record Measured(Process process, Path out, Path err, ProcessMemory processes) {
    private String end() throws Exception {
      processes.watch(process);
      assertEquals(0, process.exitValue(), Files.readString(err));
      return Files.readString(out);
    }
  }

  private Measured start(String heap, String... arguments) throws IOException {
    Path out = Files.createTempFile(folder, "run", ".json");
    Path err = Files.createTempFile(folder, "run", ".err");
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("trainer/bin/neural-rescore").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("NEURAL_RESCORE_JAVA_OPTS", "-Xmx" + heap);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    TestSpark.distribution(ROOT, builder.environment());
    return new Measured(builder.start(), out, err, new ProcessMemory());
  }
}
