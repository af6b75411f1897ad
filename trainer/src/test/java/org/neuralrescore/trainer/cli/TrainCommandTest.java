// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuralrescore.trainer.bundle.Bundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code train} makes. */
class TrainCommandTest extends TrainRuns {
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

  @Test
  void train_otherSeed_isAnotherGeneration() {
    JsonNode one = trained(train("a"));
    JsonNode two = trained(train("a", "--seed", "7"));
    assertFalse(one.get("generation").equals(two.get("generation")));
  }

  @ParameterizedTest
  @CsvSource({"--negatives 2", "--learning-rate 0.003", "--weight-decay 0.1", "--examples 50"})
  void train_scorerThatLearnsOtherwise_isAnotherGeneration(String flags) {
    JsonNode usual = trained(train("a"));
    JsonNode other = trained(train("b", flags.split(" ")));
    assertFalse(usual.get("generation").equals(other.get("generation")), flags);
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
  void train_evaluatedForSomeUsers_saysForHowMany_andEvaluateAsksTheSame() {
    String[] flags = {"--factors", "implicit-als", "--no-network", "--baselines", "none"};
    JsonNode all = trained(train("a", flags));
    JsonNode some = trained(train("b", withUsers(flags, "20")));
    assertEquals(20, some.get("offline").get("cases").asInt());
    assertEquals(all.get("offline").get("cases"), some.get("cases_drawn_from"));
    assertEquals(all.get("offline").get("cases"), all.get("cases_drawn_from"));
    assertTrue(all.get("offline").get("cases").asInt() > 20, all.toString());
    assertFalse(all.get("generation").equals(some.get("generation")));
    CommandRun evaluated = evaluate(some, "--baselines", "none", "--evaluate-users", "20");
    assertEquals(
        some.get("offline").get("model").get("ndcg@10"),
        trained(evaluated).get("offline").get("model").get("ndcg@10"));
    assertEquals(2, train("c", withUsers(flags, "0")).exitCode());
  }

  private static String[] withUsers(String[] flags, String most) {
    return Stream.concat(Stream.of(flags), Stream.of("--evaluate-users", most))
        .toArray(String[]::new);
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
    for (JsonNode score :
        new JsonMapper().readTree(bundle.stored().file("parity.json")).get("scores")) {
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
    return plainly(
        out, Stream.concat(Stream.of("--rank", "8"), Stream.of(flags)).toArray(String[]::new));
  }
}
