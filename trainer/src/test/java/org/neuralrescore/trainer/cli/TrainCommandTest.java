// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {
  @TempDir static Path shared;

  @TempDir Path directory;

  @BeforeAll
  static void generate() throws IOException {
    SyntheticData.write(shared.resolve("data"), new SyntheticOptions(200, 80, 3));
  }

  @Test
  void train_twoRunsOnOtherThreads_giveTheSameBundle_andAThirdIsRefused() {
    JsonNode one = trained(train("a", "--threads", "1"));
    JsonNode two = trained(train("b", "--threads", "2"));
    assertEquals(one.get("checksum"), two.get("checksum"));
    assertEquals(one.get("generation"), two.get("generation"));

    CommandRun again = train("a");
    assertEquals(4, again.exitCode());
    assertTrue(again.errorLine().contains(one.get("generation").asString()), again.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--alpha0 0.3; --alpha0 is chosen by --factors auto",
        "--method joint; --factors auto chooses factors; leave one of them out",
        "--dp-epsilon 5; name the factors' method",
        "--budget soon; [soon] is no time"
      })
  void train_choosingTheMethod_takesNothingThatItCannotKeep(String flags, String expected) {
    CommandRun run =
        plainly(
            "a",
            Stream.concat(Stream.of("--factors", "auto"), Stream.of(flags.split(" ")))
                .toArray(String[]::new));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains(expected), run.err());
  }

  @Test
  void train_choosingTheMethod_saysHow_andItsFlagsMakeTheSameBundle() throws IOException {
    JsonNode chosen = trained(plainly("a", "--rank", "8", "--seed", "5", "--no-network"));
    JsonNode how = chosen.get("auto");
    assertTrue(how.get("trials").size() > 4, how.toString());
    assertEquals(0, how.get("skipped").asInt());
    List<String> flags = how.get("flags").valueStream().map(JsonNode::asString).toList();
    assertTrue(
        flags.containsAll(List.of("--factors", "--rank", "8", "--seed", "5")), flags::toString);
    JsonNode byHand = trained(plainly("b", flags.toArray(String[]::new)));
    assertEquals(chosen.get("checksum"), byHand.get("checksum"));
    String page = Files.readString(Path.of(chosen.get("report").asString()));
    assertTrue(page.contains("How the method was chosen"), page);
    assertTrue(page.contains(String.join(" ", flags)), page);
  }

  @Test
  void train_withFeatures_saysWhatTheyWereWorth() throws IOException {
    JsonNode result = trained(train("a", "--features", "age,popularity,content"));
    JsonNode features = result.get("features");
    assertEquals(
        List.of("popularity", "age", "content"),
        features.get("asked").valueStream().map(JsonNode::asString).toList());
    assertEquals(3, features.get("over_network_without").size());
    boolean ship = features.get("ship").asBoolean();
    assertEquals(ship, features.get("probability_over_what_else_ships").doubleValue() >= 0.9);
    assertTrue(
        result.get("offline").has(ship ? "without features" : "with features"),
        result.get("offline").toString());
    assertEquals(ship ? 5 : 2, result.get("scorer_inputs").size());
    assertEquals(ship, Files.exists(Path.of(result.get("bundle").asString(), "item-features.npy")));
    String page = Files.readString(Path.of(result.get("report").asString()));
    assertTrue(page.contains("What the scorer reads"));
    assertTrue(page.contains("Lead of the network with features"));
  }

  @Test
  void train_withARecentVector_saysWhatItWasWorth() throws IOException {
    JsonNode result = trained(train("a", "--recent", "4", "--recent-decay", "0.5"));
    JsonNode features = result.get("features");
    assertEquals("recent", features.at("/asked/0").asString());
    boolean ship = features.get("ship").asBoolean();
    assertTrue(
        result.get("offline").has(ship ? "without features" : "with features"),
        result.get("offline").toString());
    Path bundle = Path.of(result.get("bundle").asString());
    assertEquals(ship, Files.exists(bundle.resolve("user-recent.npy")));
    String manifest = Files.readString(bundle.resolve("manifest.json")).replaceAll("\\s", "");
    assertTrue(manifest.contains("\"recent\":{\"count\":4,\"decay\":0.5}"), manifest);
    JsonNode other = trained(train("b", "--recent", "4"));
    assertFalse(result.get("generation").equals(other.get("generation")));
  }

  @Test
  void train_recentItemsOutOfBounds_orDecayWithoutThem_areRefusedInOneLine() {
    for (List<String> bad :
        List.of(
            List.of("--recent", "0"),
            List.of("--recent", "101"),
            List.of("--recent", "5", "--recent-decay", "0"),
            List.of("--recent", "5", "--recent-decay", "1.1"),
            List.of("--recent", "5", "--recent-decay", "NaN"),
            List.of("--recent", "100", "--recent-decay", "0.1"),
            List.of("--recent", "many"),
            List.of("--recent", "5", "--no-network"),
            List.of("--recent-decay", "0.5"))) {
      CommandRun run = train("a", bad.toArray(String[]::new));
      assertEquals(2, run.exitCode(), bad + run.err());
      assertTrue(run.errorLine().contains("recent"), bad + run.err());
    }
  }

  @Test
  void train_otherContentVectors_areAnotherGeneration() throws IOException {
    Path vectors = Files.writeString(shared.resolve("vectors.tsv"), "1\t0.5\t1\n2\t1\t0\n");
    JsonNode one =
        trained(train("a", "--features", "content", "--content-vectors", vectors.toString()));
    Files.writeString(vectors, "1\t0.5\t1\n2\t1\t0.25\n");
    JsonNode two =
        trained(train("b", "--features", "content", "--content-vectors", vectors.toString()));
    assertFalse(one.get("generation").equals(two.get("generation")));
  }

  @Test
  void train_featureThatIsNone_orWithoutANetwork_isRefused() {
    CommandRun unknown = train("a", "--features", "price");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.errorLine().contains("[price]"), unknown.err());
    CommandRun dot = train("a", "--features", "age", "--no-network");
    assertEquals(2, dot.exitCode());
    assertTrue(dot.errorLine().contains("--features"), dot.err());
  }

  @ParameterizedTest
  @CsvSource({"--negatives 2", "--learning-rate 0.003", "--weight-decay 0.1"})
  void train_scorerThatLearnsOtherwise_isAnotherGeneration(String flags) {
    JsonNode usual = trained(train("a"));
    JsonNode other = trained(train("b", flags.split(" ")));
    assertFalse(usual.get("generation").equals(other.get("generation")), flags);
  }

  @Test
  void train_otherSeed_isAnotherGeneration() {
    JsonNode one = trained(train("a"));
    JsonNode two = trained(train("a", "--seed", "7"));
    assertFalse(one.get("generation").equals(two.get("generation")));
  }

  @Test
  void evaluate_theBundleItself_repeatsTheFiguresOfItsManifest() {
    JsonNode trained = trained(train("a"));
    CommandRun run =
        CommandRun.of(
            "evaluate",
            trained.get("bundle").asString(),
            "--json",
            "--data",
            shared.resolve("data").toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode offline = new JsonMapper().readTree(run.out()).get("offline");
    // Through ONNX Runtime here, in Java there: the same model, to the last place that a rank sees.
    for (String figure : List.of("hr@10", "ndcg@10", "recall@10")) {
      assertEquals(
          trained.get("offline").get("model").get(figure).doubleValue(),
          offline.get("model").get(figure).doubleValue(),
          1e-3,
          figure);
    }
  }

  @Test
  void train_withoutUserVectors_putsNoUserInTheBundle_andRanksAsWithThem() throws IOException {
    JsonNode with = trained(train("a"));
    JsonNode without = trained(train("a", "--no-user-vectors"));
    assertFalse(with.get("generation").equals(without.get("generation")));
    assertEquals(with.get("offline"), without.get("offline"));
    Path folder = Path.of(without.get("bundle").asString());
    assertFalse(Files.exists(folder.resolve("user-factors.npy")));
    assertFalse(Files.exists(folder.resolve("user-ids.txt")));
    Bundle bundle = Bundle.open(folder);
    assertFalse(bundle.hasUserVectors());
    // No real user's vector is among the parity rows either.
    Bundle full = Bundle.open(Path.of(with.get("bundle").asString()));
    for (JsonNode score : new JsonMapper().readTree(bundle.file("parity.json")).get("scores")) {
      JsonNode user = score.get("inputs").get("user").get(0);
      for (int row = 0; row < full.users().size(); row++) {
        float[] vector = full.userFactors().row(row);
        boolean same = true;
        for (int f = 0; f < vector.length; f++) {
          same &= Math.abs(vector[f] - user.get(f).floatValue()) < 1e-6f;
        }
        assertFalse(same, "parity.json has the vector of user " + full.users().get(row));
      }
    }
    CommandRun evaluated =
        CommandRun.of(
            "evaluate", folder.toString(), "--json", "--data", shared.resolve("data").toString());
    assertEquals(0, evaluated.exitCode(), evaluated.err());
    assertEquals(
        without.get("offline").get("model").get("ndcg@10").doubleValue(),
        new JsonMapper()
            .readTree(evaluated.out())
            .get("offline")
            .get("model")
            .get("ndcg@10")
            .doubleValue(),
        1e-3);
  }

  @Test
  void train_underDifferentialPrivacy_shipsItemFactorsAlone_andSaysWhatItKeeps() {
    String[] flags = {"--dp-epsilon", "3", "--dp-delta", "1e-4", "--dp-noise-secret", "s"};
    CommandRun run = trainPrivate("a", flags);
    JsonNode trained = trained(run);
    assertEquals(3.0, trained.get("privacy").get("epsilon").doubleValue());
    assertEquals(1e-4, trained.get("privacy").get("delta").doubleValue());
    Bundle bundle = Bundle.open(Path.of(trained.get("bundle").asString()));
    assertFalse(bundle.hasUserVectors());
    assertTrue(bundle.manifest().metrics().isEmpty(), "figures of raw data in the manifest");
    String provenance = bundle.manifest().provenance().toString();
    assertTrue(provenance.contains("epsilon=3.0"), provenance);
    assertFalse(provenance.contains(trained.get("data").get("sha256").asString()), provenance);
    assertEquals(4f, bundle.manifest().explanation().orElseThrow().dotScale());
    // A told secret repeats a run; an untold one never does.
    assertEquals(trained.get("checksum"), trained(trainPrivate("b", flags)).get("checksum"));
    String[] untold = {"--dp-epsilon", "3"};
    assertFalse(
        trained(trainPrivate("c", untold))
            .get("checksum")
            .equals(trained(trainPrivate("c", untold)).get("checksum")));
  }

  private CommandRun trainPrivate(String out, String... flags) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--json",
                    "--data",
                    shared.resolve("data").toString(),
                    "--name",
                    "films",
                    "--out",
                    directory.resolve(out).toString(),
                    "--rank",
                    "8"),
                Stream.of(flags))
            .toArray(String[]::new));
  }

  @Test
  void train_withACore_tellsWhatItDidNotLearnFrom() {
    JsonNode left =
        trained(train("a", "--min-interactions-per-user", "8", "--min-users-per-item", "3"))
            .get("not_learned_from");
    assertTrue(left.get("interactions").intValue() > 0, left.toString());
    assertTrue(left.get("items_of_too_few_users").intValue() > 0, left.toString());
    assertEquals(0, trained(train("b")).get("not_learned_from").get("interactions").intValue());
  }

  @ParameterizedTest
  @CsvSource({
    "kl-cd, nmf, solver=KL_COORDINATE_DESCENT",
    "a-hals, nmf, solver=ACCELERATED_HALS",
    "e-a-hals, nmf, solver=EXTRAPOLATED_HALS",
    "ials++, implicit-als, block=64",
    "distilled, distilled, lesson=TOGETHER",
    "transitions, transitions, lesson=NEXT"
  })
  void train_byAnotherSolver_saysSoInTheManifest(String method, String name, String solver) {
    JsonNode trained = trained(train("a", "--factors", method));
    String options =
        Bundle.open(Path.of(trained.get("bundle").asString())).manifest().provenance().toString();
    assertTrue(options.contains("method=" + name), options);
    assertTrue(options.contains(solver), options);
    assertTrue(
        trained.get("offline").get("model").get("ndcg@10").doubleValue()
            > trained.get("offline").get("popularity").get("ndcg@10").doubleValue() / 2,
        trained.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--factors svd; implicit-als, distilled",
        "--factors auto; --sweeps is chosen by --factors auto",
        "--budget 10m; --budget is for the choice of a method",
        "--factors kl-cd --alpha0 0.3; takes --rank, --loss, --solver, --l1, --l2",
        "--factors hals --encoder-lambda 0.3; belongs to --factors implicit-als",
        "--l2 0.1; --l2 belongs to --factors nmf",
        "--factors distilled --block 8; --block belongs to --factors implicit-als",
        "--factors nmf --loss kullback-leibler --solver hals; does not go with",
        "--solver kl-cd; [kl-cd] is no value of solver, which takes one of als, ials++",
        "--mask 0.3; belongs to --factors session-softmax",
        "--factors session-softmax --mask 1; mask above 0 and below 1, got 1.0",
        "--factors session-softmax --l1 0.1; --factors session-softmax takes --rank, --mask, --shrinkage",
        "--factors session-softmax --alpha0 0.3; takes --rank, --mask, --shrinkage",
        "--factors transitions --neighbours 50; --neighbours belongs to --factors distilled",
        "--factors transitions --temperature 0; temperature above 0, got 1.0, 0.0",
        "--factors transitions --neighbour-lambda 0; lambda above 0, got 0.0",
        "--factors transitions --alpha0 0.3; takes --neighbour-lambda, --rank, --temperature",
        "--factors transitions --l1 0.1; takes --neighbour-lambda, --rank, --temperature",
        "--temperature 0.1; belongs to --factors distilled, transitions",
        "--negatives 0; at least 1",
        "--learning-rate Infinity; a learning rate above 0",
        "--weight-decay -0.1; a weight decay of at least 0",
        "--half-life-days 0; half-life",
        "--min-users-per-item 0; at least 1",
        "--min-interactions-per-user 9999; lower its thresholds",
        "--factors kl-cd --method joint; implicit-als",
        "--dp-epsilon 1; a network",
        "--dp-delta 0.1; --dp-epsilon",
        "--dp-epsilon 0 --no-network; epsilon above 0"
      })
  void train_withOptionsThatDoNotFit_saysWhichInOneLine(String flags, String expected) {
    CommandRun run = train("a", flags.split(" "));
    assertTrue(run.exitCode() == 2 || run.exitCode() == 3, run.exitCode() + run.err());
    String last = run.err().lines().reduce((one, other) -> other).orElseThrow();
    assertTrue(last.contains(expected), run.err());
  }

  @Test
  void train_tellsEveryBaseline_itsInterval_andTheModelsLead() {
    JsonNode result = trained(train("a"));
    JsonNode offline = result.get("offline");
    for (String label : List.of("model", "dot", "popularity", "item-knn", "llr", "ease", "ials")) {
      JsonNode row = offline.get(label);
      double ndcg = row.get("ndcg@10").doubleValue();
      assertTrue(row.get("ndcg@10_interval").get(0).doubleValue() <= ndcg, label);
      assertTrue(row.get("ndcg@10_interval").get(1).doubleValue() >= ndcg, label);
      assertEquals(
          offline.get("cases").intValue(),
          row.get("by_popularity").values().stream()
              .mapToInt(part -> part.get("cases").intValue())
              .sum(),
          label);
      if (!label.equals("model")) {
        JsonNode lead = row.get("model_minus_this").get("ndcg@10");
        assertEquals(
            offline.get("model").get("ndcg@10").doubleValue() - ndcg,
            lead.get("difference").doubleValue(),
            2e-6,
            label);
      }
    }
    JsonNode calibration = result.get("calibration");
    assertEquals(0.2, calibration.get("share_observed").doubleValue(), 1e-9);
    assertTrue(calibration.get("expected_calibration_error").doubleValue() < 0.2);
  }

  @Test
  void train_tellsTheRunAsAPage() throws Exception {
    JsonNode result = trained(train("a", "--method", "pipeline"));
    Path file = Path.of(result.get("report").asString());
    assertEquals(Path.of(result.get("bundle").asString() + ".html"), file);
    String page = Files.readString(file);
    // Well formed, and it loads nothing.
    Document read =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>", ""))));
    assertFalse(page.contains("http"), "the page names an address");
    assertFalse(page.contains("<script"), "the page runs a script");
    assertEquals(
        List.of(
            "Quality",
            "Methods compared",
            "Scorer inputs",
            "Calibration",
            "Training",
            "Factors",
            "Data and options"),
        texts(read, "h2"));
    List<String> sections = texts(read, "h3");
    for (String heading :
        List.of(
            "NDCG@10",
            "The model's lead in NDCG@10",
            "By popularity of what was to be found",
            "By length of the history",
            "Reliability",
            "Factorisation",
            "Factors")) {
      assertTrue(sections.contains(heading), heading + " in " + sections);
    }
    for (String said :
        List.of(
            result.get("data").get("sha256").asString(),
            "over item-knn",
            "over ease",
            "over ials",
            "pipeline",
            result.get("generation").asString())) {
      assertTrue(page.contains(said), said);
    }
  }

  private static List<String> texts(Document page, String element) {
    NodeList nodes = page.getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  @Test
  void evaluate_ofItemsWithTwoSides_givesBaselinesTheRankThatTrainingGaveThem() {
    JsonNode trained = trained(train("a", "--factors", "distilled", "--baselines", "ials"));
    JsonNode own = trained(evaluate(trained, "--baselines", "ials"));
    assertEquals(
        trained.get("offline").get("ials").get("ndcg@10"),
        own.get("offline").get("ials").get("ndcg@10"));
  }

  @Test
  void train_baselinesChangeNothingInTheBundle() {
    JsonNode none = trained(train("a", "--baselines", "none"));
    JsonNode some = trained(train("b", "--baselines", "ease,llr"));
    assertEquals(none.get("checksum"), some.get("checksum"));
    assertTrue(none.get("offline").has("dot") && none.get("offline").has("popularity"));
    assertFalse(none.get("offline").has("ease"));
    assertTrue(some.get("offline").has("ease"));
    assertFalse(some.get("offline").has("ials"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"last-fraction:0.2", "global-time:0.15", "user-disjoint:0.2:0.8"})
  void evaluate_asksTheCasesThatTrainingHeldOut(String protocol) {
    JsonNode trained = trained(train("a", "--protocol", protocol, "--baselines", "none"));
    assertTrue(trained.get("offline").get("protocol").asString().contains(protocol));
    JsonNode own = trained(evaluate(trained, "--baselines", "item-knn"));
    assertTrue(own.get("same_data_and_protocol").booleanValue());
    assertEquals(trained.get("offline").get("cases"), own.get("offline").get("cases"));
    for (String label : List.of("model", "dot", "popularity")) {
      assertEquals(
          trained.get("offline").get(label).get("ndcg@10").doubleValue(),
          own.get("offline").get(label).get("ndcg@10").doubleValue(),
          1e-3,
          label);
    }
    assertEquals(
        trained.get("calibration").get("brier").doubleValue(),
        own.get("calibration").get("brier").doubleValue(),
        1e-4);
    assertTrue(own.get("offline").has("item-knn"));
    JsonNode other =
        trained(evaluate(trained, "--baselines", "none", "--protocol", "leave-last-out"));
    assertFalse(other.get("same_data_and_protocol").booleanValue());
  }

  @Test
  void evaluate_publishedUsersUnderAnotherProtocol_isRefused() {
    JsonNode trained = trained(train("a", "--baselines", "none"));
    CommandRun run = evaluate(trained, "--protocol", "global-time", "--url", "http://127.0.0.1:9");
    assertEquals(2, run.exitCode());
    assertTrue(run.errorLine().contains("leave-last-out"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--baselines, knn",
    "--baselines, 'none,ease'",
    "--baselines, 'ease,ease'",
    "--protocol, last-fraction:2",
    "--protocol, weekly"
  })
  void train_whatIsNoBaselineOrProtocol_isUsage(String flag, String value) {
    CommandRun run = train("a", flag, value);
    assertEquals(2, run.exitCode(), run.err());
    assertFalse(Files.exists(directory.resolve("a")), "something was written");
  }

  private CommandRun evaluate(JsonNode trained, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "evaluate",
                    trained.get("bundle").asString(),
                    "--json",
                    "--data",
                    shared.resolve("data").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "userId,movieId,rating,timestamp|1,2,good,3; line 2",
        "userId,movieId,rating,timestamp; no",
        "user,movieId,rating,timestamp|1,2,3,4; one user only",
        "userId,movieId,rating,timestamp|1,2,3,4|1,3,3,5|1,4,3,6; user"
      })
  void train_badInput_isOneLine_andLeavesNothing(String lines, String expected) throws IOException {
    Path file = directory.resolve("ratings.csv");
    Files.writeString(file, lines.replace('|', '\n') + "\n");
    CommandRun run =
        CommandRun.of(
            "train",
            "--interactions",
            file.toString(),
            "--name",
            "bad",
            "--out",
            directory.resolve("bundles").toString());
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.errorLine().contains(file.toString()), run.err());
    assertTrue(run.errorLine().contains(expected.strip()), run.err());
    assertFalse(Files.exists(directory.resolve("bundles")), "something was written");
  }

  @Test
  void train_noSuchFolder_andNoData_sayWhatToDo() {
    CommandRun missing =
        CommandRun.of("train", "--data", directory.resolve("none").toString(), "--name", "x");
    assertEquals(3, missing.exitCode());
    assertTrue(missing.errorLine().contains("no such folder"), missing.err());
    CommandRun none = CommandRun.of("train", "--name", "x");
    assertEquals(2, none.exitCode());
    assertTrue(none.errorLine().contains("--data DIR or --interactions FILE"), none.err());
  }

  @Test
  void train_optionOutOfBounds_isUsage_beforeAnyWork() {
    CommandRun run = train("a", "--rank", "0");
    assertEquals(2, run.exitCode());
    assertTrue(run.errorLine().contains("rank"), run.err());
    assertFalse(Files.exists(directory.resolve("a")), "something was written");
  }

  @Test
  void publishAndSearch_whereNoClusterIs_sayWhich() {
    CommandRun search =
        CommandRun.of("search", "--url", "http://127.0.0.1:9", "--model", "films", "x");
    assertEquals(5, search.exitCode());
    assertTrue(search.errorLine().contains("127.0.0.1:9"), search.err());
    CommandRun publish =
        CommandRun.of("publish", directory.toString(), "--url", "http://127.0.0.1:9");
    assertEquals(3, publish.exitCode());
    assertTrue(publish.errorLine().contains("no bundle"), publish.err());
  }

  @Test
  void train_saysFirstWhatTheModelIsWorth_andLeavesItBesideTheBundle() throws IOException {
    JsonNode result = trained(train("a", "--baselines", "ease"));
    assertEquals("verdict", result.propertyNames().iterator().next());
    JsonNode verdict = result.get("verdict");
    JsonNode offline = result.get("offline");
    double best = Math.max(ndcg(offline, "ease"), ndcg(offline, "popularity"));
    assertEquals(best, ndcg(offline, verdict.get("baseline").asString()));
    assertEquals(ndcg(offline, "model") - best, verdict.get("difference").doubleValue(), 2e-6);
    assertEquals(2, verdict.get("baselines_measured").asInt());
    assertFalse(result.get("collapsed").asBoolean());
    Path bundle = Path.of(result.get("bundle").asString());
    assertEquals(
        verdict,
        new JsonMapper()
            .readTree(Files.readString(bundle.resolveSibling(bundle.getFileName() + ".json"))));
    assertTrue(
        Files.readString(Path.of(result.get("report").asString()))
            .contains("This model is " + verdict.get("sentence").asString()));
  }

  @Test
  void publish_aModelWorseThanItsBaselines_wantsToBeToldAnyway() throws IOException {
    Path bundle = Path.of(trained(train("a")).get("bundle").asString());
    Files.writeString(
        bundle.resolveSibling(bundle.getFileName() + ".json"),
        "{\"standing\": \"worse\", \"sentence\": \"worse than ease\"}");
    String[] publish = {"publish", bundle.toString(), "--url", "http://localhost:1"};
    CommandRun refused = CommandRun.of(publish);
    assertEquals(8, refused.exitCode(), refused.err());
    assertTrue(refused.errorLine().contains("worse than ease"), refused.err());
    CommandRun anyway =
        CommandRun.of(
            Stream.concat(Stream.of(publish), Stream.of("--anyway")).toArray(String[]::new));
    assertEquals(5, anyway.exitCode(), anyway.err());
  }

  private static double ndcg(JsonNode offline, String label) {
    return offline.get(label).get("ndcg@10").doubleValue();
  }

  private CommandRun train(String out, String... more) {
    return plainly(
        out,
        Stream.concat(Stream.of("--rank", "8", "--sweeps", "4", "--epochs", "2"), Stream.of(more))
            .toArray(String[]::new));
  }

  private CommandRun plainly(String out, String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "train",
                    "--json",
                    "--data",
                    shared.resolve("data").toString(),
                    "--name",
                    "films",
                    "--out",
                    directory.resolve(out).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode trained(CommandRun run) {
    assertEquals(0, run.exitCode(), run.err());
    return new JsonMapper().readTree(run.out());
  }
}
