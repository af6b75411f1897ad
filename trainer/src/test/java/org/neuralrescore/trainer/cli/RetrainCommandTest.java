// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RetrainCommandTest {
  @TempDir static Path dataFolder;
  @TempDir Path folder;

  @BeforeAll
  static void generate() throws IOException {
    SyntheticData.write(dataFolder.resolve("films"), new SyntheticOptions(100, 80, 3));
  }

  /** By a named method's option, so that nothing is chosen. */
  private CommandRun retrain(String... more) {
    return retrainAny(
        Stream.concat(Stream.of("--sweeps", "3"), Arrays.stream(more)).toArray(String[]::new));
  }

  private CommandRun retrainAny(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "retrain",
                "--name",
                "films",
                "--no-cluster",
                "--no-network",
                "--rank",
                "4",
                "--out",
                folder.toString(),
                "--data",
                dataFolder.resolve("films").toString()));
    args.addAll(Arrays.asList(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void retrain_whereNoMethodIsNamed_choosesOne_keepsIt_andChoosesAnew() throws IOException {
    assertEquals(0, retrainAny("--force").exitCode());
    Path method = folder.resolve("films/method.json");
    JsonNode kept = new JsonMapper().readTree(method);
    assertEquals(1, kept.get("run").asInt());
    assertTrue(kept.get("flags").toString().contains("--wide"), kept.toString());

    CommandRun second = retrainAny("--force", "--cold", "--seed", "3");
    assertEquals(0, second.exitCode(), second.err());
    assertEquals(kept, new JsonMapper().readTree(method));

    CommandRun anew = retrainAny("--force", "--choose-every", "1");
    assertEquals(0, anew.exitCode(), anew.err());
    assertEquals(3, new JsonMapper().readTree(method).get("run").asInt());

    // What is typed now holds, whatever was typed when the method was chosen.
    JsonNode secret = json(retrainAny("--force", "--no-user-vectors", "--seed", "7", "--json"));
    assertEquals(4, new JsonMapper().readTree(method).get("run").asInt());
    Path bundle = folder.resolve("films").resolve(secret.get("generation").asString());
    assertFalse(Files.exists(bundle.resolve("user-ids.txt")), bundle.toString());
    JsonNode manifest = new JsonMapper().readTree(bundle.resolve("manifest.json"));
    assertTrue(manifest.toString().contains("\"seed\":7"), manifest.toString());

    Files.writeString(method, "[]");
    CommandRun foreign = retrainAny();
    assertEquals(3, foreign.exitCode(), foreign.err());
    assertTrue(foreign.errorLine().contains("method.json: not a chosen method"), foreign.err());
    assertEquals(2, retrainAny("--choose-every", "0").exitCode());
  }

  @Test
  void retrain_whereRankIsTypedOverTheProjects_andChosenBeside_shipsTheTyped() throws IOException {
    Path project =
        Files.writeString(
            folder.resolve("films.yaml"),
            "name: films\nrank: 4\nrecency_days: 3\nno_cluster: true\nno_network: true\ndata: "
                + dataFolder.resolve("films")
                + "\nout: "
                + folder
                + "\n");
    JsonNode ran =
        json(CommandRun.of("retrain", "-p", project.toString(), "--rank", "64", "--json"));
    Path bundle = folder.resolve("films").resolve(ran.get("generation").asString());
    JsonNode factors =
        new JsonMapper()
            .readTree(bundle.resolve("manifest.json"))
            .at("/provenance/options/trained");
    assertEquals(64, factors.get("rank").asInt(), factors.toString());
  }

  private CommandRun rollback() {
    return CommandRun.of(
        "rollback", "--name", "films", "--no-cluster", "--json", "--out", folder.toString());
  }

  private static JsonNode json(CommandRun run) {
    assertEquals(1, run.out().lines().count(), run.out() + run.err());
    return JsonMapper.shared().readTree(run.out());
  }

  @Test
  void retrain_thenAgain_publishesOnceAndSaysUnchanged() {
    CommandRun first = retrain("--json");
    assertEquals(0, first.exitCode(), first.err());
    assertEquals("published", json(first).get("decision").asString());
    assertFalse(json(first).has("former"));
    CommandRun second = retrain("--json", "--threads", "1");
    assertEquals(0, second.exitCode(), second.err());
    assertEquals("unchanged", json(second).get("decision").asString());
    assertEquals(json(first).get("deployed"), json(second).get("deployed"));
  }

  @Test
  void retrain_refusedByTheGate_exits8WithOneLine_andForcePublishes() {
    String deployed = json(retrain("--json")).get("deployed").asString();
    CommandRun refused = retrain("--json", "--lambda", "100000", "--gate", "unless-worse");
    assertEquals(8, refused.exitCode(), refused.err());
    assertTrue(refused.errorLine().contains("the gate refused generation"), refused.err());
    JsonNode json = json(refused);
    assertEquals("refused", json.get("decision").asString());
    assertEquals(deployed, json.get("deployed").asString());
    assertTrue(json.get("ndcg").get("high").asDouble() < 0);
    CommandRun forced = retrain("--json", "--lambda", "100000", "--force");
    assertEquals(0, forced.exitCode(), forced.err());
    assertEquals(json.get("generation"), json(forced).get("deployed"));
    JsonNode back = json(rollback());
    assertEquals(deployed, back.get("deployed").asString());
    assertEquals(json.get("generation"), back.get("former"));
  }

  /** While somebody else has the lock. */
  private CommandRun besideAnotherRun(Supplier<CommandRun> run) throws IOException {
    Path lock = folder.resolve("films/.retrain/lock");
    Files.createDirectories(lock.getParent());
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      return run.get();
    }
  }

  @Test
  void retrain_besideAnotherRun_exits9WithOneLine() throws IOException {
    CommandRun run = besideAnotherRun(() -> retrain());
    assertEquals(9, run.exitCode());
    assertTrue(run.errorLine().contains("another run"), run.err());
    assertEquals("", run.out());
    assertEquals(0, retrain().exitCode());
  }

  @Test
  void fromIndex_aFieldOfQuantities_isReadForWhatItIs() {
    for (List<String> flags :
        List.of(
            List.of("--quantity-column", "pieces"),
            List.of("--rating-column", "qty"),
            List.of("--rating-column", "stars"))) {
      RetrainCommand command = new RetrainCommand();
      List<String> all = new ArrayList<>(List.of("--name", "shop", "--from-index", "orders"));
      all.addAll(flags);
      new CommandLine(command).parseArgs(all.toArray(String[]::new));
      assertEquals(flags.get(1), command.fromIndex.query(command.data).rating().orElseThrow());
      assertEquals(
          !flags.contains("stars"),
          InteractionIndexFlags.rules(command.data, List.of()).quantities());
    }
  }

  @Test
  void retrain_besideAnotherRun_choosesNothing() throws IOException {
    assertEquals(9, besideAnotherRun(() -> retrainAny()).exitCode());
    assertFalse(Files.exists(folder.resolve("films/method.json")));
  }

  @Test
  void retrain_withBadOptions_exits2WithOneLine() {
    for (String[] bad :
        new String[][] {
          {"--gate", "lenient"},
          {"--tolerance", "-1"},
          {"--confidence", "2"},
          {"--gate-cases", "0"},
          {"--warm-sweeps", "0"},
          {"--keep-bundles", "-1"},
          {"--since", "now-1d"},
          {"--budget", "10m"},
        }) {
      CommandRun run = retrain(bad);
      assertEquals(2, run.exitCode(), String.join(" ", bad) + run.err());
      assertFalse(run.errorLine().isEmpty());
    }
    assertFalse(Files.exists(folder.resolve("films/history.jsonl")));
  }

  @Test
  void retrain_underASplitOfUsers_isRefused_sinceTheFormerModelMayKnowThem() {
    CommandRun run = retrain("--protocol", "user-disjoint");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains("user-disjoint:0.1:0.8"), run.err());
  }

  @Test
  void retrain_withBaselines_hasThemInItsReport() throws IOException {
    String generation = json(retrain("--json", "--baselines", "ease")).get("generation").asString();
    String page = Files.readString(folder.resolve("films").resolve(generation + ".html"));
    assertTrue(page.contains("over ease"));
    assertFalse(page.contains("over ials"));
  }

  @Test
  void retrain_withoutItsData_exits3_andWithoutACluster5() {
    CommandRun missing =
        CommandRun.of(
            "retrain",
            "--name",
            "films",
            "--no-cluster",
            "--out",
            folder.toString(),
            "--data",
            folder.resolve("nowhere").toString());
    assertEquals(3, missing.exitCode(), missing.err());
    CommandRun noCluster =
        CommandRun.of(
            "retrain",
            "--name",
            "films",
            "--out",
            folder.toString(),
            "--data",
            dataFolder.resolve("films").toString(),
            "--url",
            "http://localhost:1");
    assertEquals(5, noCluster.exitCode(), noCluster.err());
    assertTrue(noCluster.errorLine().contains("localhost:1"), noCluster.err());
  }

  @Test
  void rollback_withNothingDeployed_exits3WithOneLine() {
    CommandRun run = rollback();
    assertEquals(3, run.exitCode());
    assertTrue(run.errorLine().contains("nothing deployed"), run.err());
  }

  @Test
  void help_teachesGateAndExitCodes() {
    CommandRun run = CommandRun.of("retrain", "--help");
    assertEquals(0, run.exitCode());
    for (String word : List.of("unless-worse", "rollback", "8 the gate refused", "--since")) {
      assertTrue(run.out().contains(word), word);
    }
  }
}
