// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.factors.EveryMethod;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.scorer.ScorerTraining;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuneCommandTest {
  @TempDir static Path dataFolder;
  @TempDir Path folder;

  @BeforeAll
  static void generate() throws IOException {
    SyntheticData.write(dataFolder.resolve("films"), new SyntheticOptions(100, 80, 3));
  }

  private CommandRun tune(String... more) {
    List<String> args = new ArrayList<>(List.of("--data", dataFolder.resolve("films").toString()));
    args.addAll(List.of("--work", folder.resolve("work").toString()));
    args.addAll(Arrays.asList(more));
    return tuneOf(args);
  }

  private CommandRun tuneOf(List<String> more) {
    List<String> args =
        new ArrayList<>(
            List.of("tune", "--space", "rank=3,5", "--max-sweeps", "6", "--trials", "6"));
    args.addAll(more);
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void tune_printsTrialsAndFlagsThatTrainTakes() {
    CommandRun run = tune("--json", "--space", "alpha0=0.1:1:2", "--space", "lambda=0.01,0.1");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertEquals(6, json.get("trials").size());
    assertEquals("complete", json.get("ending").asString());
    assertEquals(json.get("flags"), json.get("trials").get(0).get("flags"));
    List<String> train = new ArrayList<>(List.of("--name", "films"));
    json.get("flags").forEach(flag -> train.add(flag.asString()));
    new CommandLine(new TrainCommand()).parseArgs(train.toArray(String[]::new));
    CommandRun again = tune("--json", "--space", "alpha0=0.1:1:2", "--space", "lambda=0.01,0.1");
    JsonNode resumed = JsonMapper.shared().readTree(again.out());
    assertEquals(0, resumed.get("run").asInt());
    assertEquals(json.get("trials"), resumed.get("trials"));
  }

  @Test
  void tune_ofOtherHeldOutCases_isAnotherSearch() {
    assertEquals(0, tune("--protocol", "leave-last-out").exitCode());
    CommandRun other = tune("--protocol", "random:0.4");
    assertEquals(4, other.exitCode(), other.err());
    assertTrue(other.errorLine().contains("trials.jsonl"), other.err());
  }

  /** What is asked about in the end has no say in what is chosen. */
  @Test
  void tune_ofASplitThatIsThere_choosesTheSameWhateverItsTest() throws IOException {
    List<String> all = Files.readAllLines(dataFolder.resolve("films/ratings.csv"));
    List<String> learned = new ArrayList<>();
    List<List<String>> held = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 1; i < all.size(); i++) {
      (i % 5 == 0 ? held.get(i / 5 % 2) : learned).add(all.get(i));
    }
    Set<String> known =
        learned.stream().map(line -> line.split(",", -1)[1]).collect(Collectors.toSet());
    Path train = write("train.csv", all.get(0), learned);
    List<JsonNode> trials = new ArrayList<>();
    for (List<String> test : held) {
      test.removeIf(line -> !known.contains(line.split(",", -1)[1]));
      Path file = write("test" + trials.size() + ".csv", all.get(0), test);
      CommandRun run =
          tuneOf(
              List.of(
                  "--train",
                  train.toString(),
                  "--test",
                  file.toString(),
                  "--work",
                  folder.resolve("of" + trials.size()).toString(),
                  "--json"));
      assertEquals(0, run.exitCode(), run.err());
      trials.add(JsonMapper.shared().readTree(run.out()).get("trials"));
    }
    assertEquals(6, trials.get(0).size());
    assertEquals(trials.get(0), trials.get(1));
  }

  private Path write(String name, String header, List<String> lines) throws IOException {
    return Files.writeString(folder.resolve(name), header + "\n" + String.join("\n", lines) + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "implicit-als",
        "ials++",
        "neighbours",
        "distilled",
        "transitions",
        "session-softmax",
        "kl-cd",
        "e-a-hals",
        "anls"
      })
  void tune_findsOptionsOfEveryMethod_thatTrainTakes(String method) {
    CommandRun run = tune("--json", "--factors", method);
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertEquals(6, json.get("trials").size());
    List<String> flags = new ArrayList<>();
    json.get("flags").forEach(flag -> flags.add(flag.asString()));
    assertEquals(List.of("--factors", method), flags.subList(0, 2));
    boolean course = EveryMethod.of(method).onACourse();
    for (JsonNode trial : json.get("trials")) {
      assertTrue(trial.get("flags").toString().contains("\"--sweeps\",\"6\""), trial::toString);
      if (course && trial.get("sweeps").asInt() < 6) {
        continue;
      }
      assertEquals(
          trial.get("ndcg").asDouble(), validationNdcg(trial, false), 1e-9, trial::toString);
    }
  }

  @Test
  void tune_ofTheNetwork_findsOptionsThatTrainTakes() {
    CommandRun run =
        tune(
            "--json",
            "--epochs",
            "2",
            "--space",
            "recency=none",
            "--space",
            "hidden=none,8x4",
            "--space",
            "learning-rate=0.001,0.01");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode trials = JsonMapper.shared().readTree(run.out()).get("trials");
    Set<String> widths = new TreeSet<>();
    for (JsonNode trial : trials) {
      widths.add(trial.get("options").get("hidden").asString());
      assertEquals(trial.get("ndcg").asDouble(), validationNdcg(trial, true), 0.0, trial::toString);
    }
    assertEquals(Set.of("none", "8x4", "64x32"), widths);
  }

  /** What a trial's flags reach on validation cases when {@code train} parses them. */
  private static double validationNdcg(JsonNode trial, boolean network) {
    List<String> flags = new ArrayList<>(List.of("--name", "films"));
    trial.get("flags").forEach(flag -> flags.add(flag.asString()));
    // What was measured, where the flags have all the sweeps that it would get.
    flags.set(flags.indexOf("--sweeps") + 1, trial.get("sweeps").asString());
    TrainCommand command = new TrainCommand();
    new CommandLine(command).parseArgs(flags.toArray(String[]::new));
    TrainingOptions options = command.flags.resolve();
    Interactions data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(dataFolder.resolve("films/ratings.csv"));
    Split split = options.protocol().split(data);
    try (Workers workers = new Workers(2)) {
      FactorModel model =
          FactorModel.learn(
              split.fit(),
              options.factorSolver(workers),
              options.rows(),
              options.encoder(),
              FactorSolver::fit,
              Progress.none());
      ScorerTraining training = new ScorerTraining(options.scorer(), workers, options.seed());
      ScorerWeights scorer =
          network && !options.scorer().hidden().isEmpty()
              ? training
                  .network(model, split.validation(), options.cutoff(), Progress.none())
                  .scorer()
              : new ScorerWeights(model.encoder().items().rank(), 1f, 0f, List.of());
      return new RankingEvaluation(options.cutoff(), workers)
          .evaluate(
              new ModelRanker("again", model.encoder(), scorer, Optional.empty()),
              split.validation(),
              Progress.none())
          .mean()
          .ndcg();
    }
  }

  /** Data that says nothing of recency: what tune prints is what train takes. */
  @Test
  void tune_withoutTimes_searchesNoRecency_andRefusesATypedOne() throws IOException {
    Path file = withoutTimes();
    CommandRun run = tuneOf(List.of("--interactions", file.toString(), "--work", work(), "--json"));
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = JsonMapper.shared().readTree(run.out());
    for (JsonNode trial : json.get("trials")) {
      assertFalse(trial.get("options").has("recency"), trial::toString);
    }
    List<String> train = new ArrayList<>(List.of("train", "--interactions", file.toString()));
    train.addAll(List.of("--name", "films", "--out", folder.resolve("models").toString()));
    train.addAll(List.of("--no-network", "--baselines", "none"));
    json.get("flags").forEach(flag -> train.add(flag.asString()));
    CommandRun trained = CommandRun.of(train.toArray(String[]::new));
    assertEquals(0, trained.exitCode(), trained.err());

    String other = folder.resolve("other").toString();
    CommandRun typed =
        tuneOf(
            List.of(
                "--interactions", file.toString(), "--work", other, "--space", "recency=none,30"));
    assertEquals(3, typed.exitCode(), typed.err());
    assertTrue(typed.errorLine().contains("--space recency needs times"), typed.err());
    assertFalse(Files.exists(Path.of(other)));
    CommandRun none =
        tuneOf(
            List.of("--interactions", file.toString(), "--work", other, "--space", "recency=none"));
    assertEquals(0, none.exitCode(), none.err());
  }

  private String work() {
    return folder.resolve("work").toString();
  }

  private Path withoutTimes() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(dataFolder.resolve("films/ratings.csv"))) {
      lines.add(line.substring(0, line.lastIndexOf(',')));
    }
    return write("untimed.csv", lines.get(0), lines.subList(1, lines.size()));
  }

  @Test
  void tune_intoTheFolderOfAnotherSearch_exits4() {
    assertEquals(0, tune().exitCode());
    CommandRun other = tune("--seed", "7");
    assertEquals(4, other.exitCode());
    assertTrue(other.errorLine().contains("another search"), other.err());
  }

  @Test
  void tune_withBadOptions_exits2WithOneLine() {
    for (String[] bad :
        new String[][] {
          {"--space", "lambda=1:x:3"},
          {"--space", "lambda=1:0.1:3"},
          {"--space", "alpha0=0"},
          {"--space", "alpha0="},
          {"--space", "lambda"},
          {"--space", "warmth=1"},
          {"--space", "rank=0"},
          {"--space", "rank=2.5"},
          {"--space", "rank=3,5000"},
          {"--factors", "distilled", "--space", "rank=3,3000"},
          {"--space", "temperature=0.1"},
          {"--space", "hidden=64x"},
          {"--space", "recency=none,-3"},
          {"--space", "recency=3/2"},
          {"--factors", "distilled", "--space", "alpha0=1"},
          {"--factors", "neighbours", "--space", "neighbours=all"},
          {"--features", "age"},
          {"--trials", "0"},
          {"--time", "soon"},
          {"--time", "0s"},
          {"--eta", "1"},
        }) {
      CommandRun run = tune(bad);
      assertEquals(2, run.exitCode(), String.join(" ", bad) + run.err());
      assertTrue(!run.errorLine().isEmpty(), run.err());
      assertFalse(Files.exists(folder.resolve("work")), "a refused search leaves nothing behind");
    }
  }
}
