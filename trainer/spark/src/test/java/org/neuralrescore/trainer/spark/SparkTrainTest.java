// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.journal.RunLock;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.UserFile;
import org.neuralrescore.trainer.cli.NeuralRescore;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line on Spark: a whole bundle, and what is refused in a line. */
class SparkTrainTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  private Ended run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = NeuralRescore.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Ended(code, out.toString(), err.toString());
  }

  private Ended train(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                folder.resolve("data").toString(),
                "--out",
                folder.resolve("models").toString(),
                "--name",
                "films",
                "--sweeps",
                "6",
                "--baselines",
                "none",
                "--json"));
    args.addAll(List.of(more));
    if (!args.contains("--rank")) {
      args.addAll(List.of("--rank", "8"));
    }
    return run(args.toArray(new String[0]));
  }

  @Test
  void bundle_isMadeOnSpark_andEvaluatedAsAnyOther() throws Exception {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(200, 150, 3));
    Ended onSpark =
        train("--engine", "spark", "--master", "local[2]", "--epochs", "2", "--recency-days", "90");
    assertEquals(0, onSpark.code(), onSpark.err());
    JsonNode result = JsonMapper.shared().readTree(onSpark.out());
    assertTrue(result.get("parity_difference").asDouble() < 1e-5, onSpark.out());
    Path bundle = Path.of(result.get("bundle").asString());
    JsonNode made =
        JsonMapper.shared().readTree(bundle.resolve("manifest.json").toFile()).get("provenance");
    assertTrue(made.get("options").get("engine").asString().startsWith("spark 4."), made::toString);

    Ended here = train("--factors", "implicit-als", "--epochs", "2", "--recency-days", "90");
    JsonNode local = JsonMapper.shared().readTree(here.out());
    assertEquals(local.get("data"), result.get("data"));
    assertFalse(local.get("generation").equals(result.get("generation")));

    Ended evaluated =
        run(
            "evaluate",
            bundle.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--baselines",
            "none",
            "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    assertFalse(Files.exists(folder.resolve("models/.films")), "scratch is left");

    // As a driver leaves it that was killed behind its bundle.
    Path kept = folder.resolve("models/.films/spark-fit.factors");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "kept");
    Ended again =
        train("--engine", "spark", "--master", "local[2]", "--epochs", "2", "--recency-days", "90");
    assertEquals(4, again.code(), again.err());
    assertFalse(Files.exists(kept.getParent()), "what nobody goes on from is left");

    try (RunLock other = RunLock.take(kept.resolveSibling("lock"))) {
      assertTrue(other.left().isEmpty());
      Ended busy = train("--engine", "spark", "--master", "local[2]", "--seed", "3");
      assertEquals(9, busy.code(), busy.err());
      assertTrue(busy.err().contains("another run (process "), busy.err());
    }
  }

  /** The network is taught by some users, the factors by the others, and all have a vector. */
  @Test
  void driverUsers_teachTheNetwork_andAllAreEncoded() throws Exception {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(150, 300, 3));
    Ended ended =
        train(
            "--engine",
            "spark",
            "--master",
            "local[2]",
            "--driver-users",
            "120",
            "--epochs",
            "2",
            "--features",
            "popularity,age",
            "--protocol",
            "leave-last-out");
    assertEquals(0, ended.code(), ended.err());
    JsonNode result = JsonMapper.shared().readTree(ended.out());
    JsonNode data = result.get("data");
    int came = data.get("driver_users").asInt();
    assertTrue(came > 80 && came < 160, ended.out());
    assertTrue(result.get("cases_drawn_from").asInt() <= came, ended.out());
    Path bundle = Path.of(result.get("bundle").asString());
    JsonNode made =
        JsonMapper.shared().readTree(bundle.resolve("manifest.json").toFile()).get("provenance");
    assertEquals(120, made.get("options").get("driver_users").asInt(), made::toString);

    Bundle written = Bundle.open(bundle);
    Map<String, float[]> vectors = new TreeMap<>();
    try (UserFile.Rows rows = written.usersApart().orElseThrow().open()) {
      rows.forEachRemaining(row -> assertNull(vectors.put(row.id(), row.vector()), row.id()));
    }
    assertEquals(data.get("users").asInt(), vectors.size());
    long served = vectors.values().stream().filter(SparkTrainTest::isSomething).count();
    assertTrue(served > 0.95 * vectors.size(), "with factors: " + served);
  }

  private static boolean isSomething(float[] vector) {
    for (float value : vector) {
      if (value != 0f) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whatHasToSeeAllUsers_isRefused_besideDriverUsers() throws Exception {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(100, 30, 3));
    String has =
        "neural-rescore: --driver-users leaves most users on executors, and %s has to see all;"
            + " leave one of them out";
    Ended beside =
        run(
            "train",
            "--data",
            folder.resolve("data").toString(),
            "--name",
            "films",
            "--engine",
            "spark",
            "--master",
            "local[2]",
            "--driver-users",
            "9",
            "--baselines",
            "ease");
    assertEquals(has.formatted("--baselines"), beside.err().strip());
    assertRefused(
        2,
        has.formatted("--protocol global-time"),
        "--driver-users",
        "9",
        "--protocol",
        "global-time");
    for (String flag :
        List.of(
            "--min-interactions-per-user", "--min-interactions-per-item", "--min-users-per-item")) {
      assertRefused(2, has.formatted(flag), "--driver-users", "9", flag, "2");
    }
    assertRefused(2, has.formatted("--wide"), "--driver-users", "9", "--wide", "together");
    assertRefused(2, has.formatted("--session-days"), "--driver-users", "9", "--session-days", "1");
    assertRefused(
        2, "neural-rescore: --driver-users expects 1 or more, got 0", "--driver-users", "0");
    assertFalse(Files.exists(folder.resolve("models")), "something was written");
  }

  @Test
  void uri_isAskedForAsItWasNamed() throws Exception {
    Ended far =
        run(
            "train",
            "--interactions",
            "hdfs:///user/etl/orders.csv",
            "--name",
            "films",
            "--out",
            folder.resolve("models").toString(),
            "--engine",
            "spark",
            "--master",
            "local[2]");
    assertEquals(
        "neural-rescore: hdfs:///user/etl/orders.csv: cannot be read (Incomplete HDFS URI, no"
            + " host: hdfs:///user/etl/orders.csv)",
        far.err().lines().reduce("", (before, line) -> line));
    assertEquals(3, far.code());
  }

  @Test
  void whatSparkDoesNotTake_isRefusedInALine() throws Exception {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(100, 30, 3));
    String takes =
        "neural-rescore: --engine spark factorises by MLlib, which takes --factors implicit-als,"
            + " --solver als and --values one without --half-life-days and --dp-epsilon, got %s;"
            + " leave it out or train with --engine local";
    assertRefused(2, takes.formatted("--factors nmf"), "--factors", "nmf");
    assertRefused(2, takes.formatted("--factors distilled"), "--factors", "distilled");
    assertRefused(2, takes.formatted("--solver ials++"), "--rank", "80", "--solver", "ials++");
    assertRefused(2, takes.formatted("--values other than one"), "--values", "rating");
    assertRefused(2, takes.formatted("--half-life-days"), "--half-life-days", "30");
    assertRefused(
        2,
        "neural-rescore: --engine spark compares nothing: leave --factors auto out, or choose on a"
            + " sample of the data with --engine local",
        "--factors",
        "auto");
    assertFalse(Files.exists(folder.resolve("models")), "something was written");
  }

  @Test
  void context_isReadAndAskedFor_onSpark() throws Exception {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(200, 150, 3));
    String flags = "--epochs 1 --context-columns hour,weekday --context-min-count 5";
    List<String> more = new ArrayList<>(List.of(flags.split(" ", -1)));
    more.addAll(List.of("--factors", "implicit-als"));
    Ended here = train(more.toArray(new String[0]));
    more.addAll(List.of("--engine", "spark", "--master", "local[2]"));
    Ended onSpark = train(more.toArray(new String[0]));
    assertEquals(0, onSpark.code(), onSpark.err());
    JsonNode local = JsonMapper.shared().readTree(here.out());
    JsonNode result = JsonMapper.shared().readTree(onSpark.out());
    assertEquals(local.get("data"), result.get("data"));
    assertEquals(local.get("scorer_inputs"), result.get("scorer_inputs"));
    Path bundle = Path.of(result.get("bundle").asString());
    String manifest = Files.readString(bundle.resolve("manifest.json"));
    assertTrue(manifest.contains("\"weekday\""), manifest);
  }

  private void assertRefused(int code, String line, String... flags) {
    List<String> args = new ArrayList<>(List.of("--engine", "spark", "--master", "local[2]"));
    args.addAll(List.of(flags));
    Ended ended = train(args.toArray(new String[0]));
    assertEquals(line, ended.err().strip());
    assertEquals(code, ended.code());
  }

  @Test
  void cluster_thatIsNotNamedOrNone_isToldInALine() throws Exception {
    SyntheticData.write(folder.resolve("data"), new SyntheticOptions(100, 30, 3));
    Ended none = train("--engine", "spark");
    assertEquals(2, none.code());
    assertEquals(
        "neural-rescore: --engine spark wants a cluster: --master local[2] for a try on this"
            + " machine, --master spark://host:7077, or spark-submit --master ...",
        none.err().strip());
    Ended wrong = train("--engine", "spark", "--master", "local[many]");
    assertEquals(7, wrong.code());
    assertEquals(1, wrong.err().strip().lines().count(), wrong.err());
    assertTrue(wrong.err().contains("--master local[many]: Spark does not start"), wrong.err());
    Ended far = train("--engine", "spark", "--master", "spark://nowhere:7077");
    assertEquals(2, far.code());
    assertTrue(far.err().contains("wants --checkpoint-dir"), far.err());
    assertFalse(Files.exists(folder.resolve("models")), "something was written");
  }
}
