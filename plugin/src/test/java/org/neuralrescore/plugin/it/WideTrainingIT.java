// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.bundle.Bundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What goes with what from the interactions to the search, on three shards: trained where things go
 * in pairs, published, asked by id, history and vector, explained item by item, retrained, and gone
 * when its generation is.
 */
class WideTrainingIT {
  private static final int PAIRS = 60;
  private static final int PAIRS_PER_USER = 5;

  @TempDir Path folder;
  private TrainerFolder trainer;

  @BeforeEach
  void open() {
    trainer = new TrainerFolder(folder);
  }

  private final List<List<String>> histories = new ArrayList<>();

  /** Everyone takes one thing of some pairs, then the others. */
  private void write() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>();
    for (int user = 0; user < 400; user++) {
      List<String> history = new ArrayList<>();
      int[] pairs = random.ints(0, PAIRS).distinct().limit(PAIRS_PER_USER).toArray();
      for (String side : List.of("a", "b")) {
        for (int pair : pairs) {
          history.add(side + pair);
          lines.add(
              "u" + user + "," + side + pair + ",5," + (1_000_000_000L + 3600L * history.size()));
        }
      }
      histories.add(history);
    }
    trainer.write(lines);
    List<String> films = new ArrayList<>(List.of("movieId,title,genres"));
    for (int pair = 0; pair < PAIRS; pair++) {
      films.add("a" + pair + ",Left " + pair + ",Shoes");
      films.add("b" + pair + ",Right " + pair + ",Shoes");
    }
    Files.write(folder.resolve("data/movies.csv"), films);
  }

  private List<String> training(String command, String name, String seed, String... more) {
    return trainer.training(
        command,
        name,
        List.of(
            ("--rank 4 --sweeps 6 --hidden 8 --epochs 4 --wide together --wide-lambda 5"
                    + " --recency-days 0.1 --recency-floor 0.2 --seed "
                    + seed)
                .split(" ")),
        more);
  }

  private static Cluster.Answer search(
      String name, Map<String, Object> user, Map<String, Object> more) {
    Map<String, Object> search =
        new HashMap<>(
            map(
                "size",
                2 * PAIRS,
                "query",
                map("match_all", map()),
                "rescore",
                map("window_size", 200, "neural", map("model", name, "user", user))));
    search.putAll(more);
    return Cluster.shared()
        .call("POST", "/" + name + "/_search", Cluster.JSON.writeValueAsString(search));
  }

  private static Map<String, Double> scores(String name, Map<String, Object> user) {
    return Films.scores(search(name, user, map()));
  }

  /** What a user of a bundle touched, as a request says it. */
  private static Map<String, Object> history(Bundle bundle, String user) {
    List<String> items = new ArrayList<>();
    List<Float> weights = new ArrayList<>();
    var touched = bundle.wide().orElseThrow().users().of(bundle.users().row(user).orElseThrow());
    for (int i = 0; i < touched.size(); i++) {
      items.add(bundle.items().get(touched.item(i)));
      weights.add(touched.weight(i));
    }
    return map("history", items, "weights", weights);
  }

  private static Map<String, Object> withVector(Map<String, Object> history, List<?> vector) {
    Map<String, Object> user = new HashMap<>(history);
    user.put("vector", vector);
    return user;
  }

  /** The same person by id, by history and by vector has the same scores. */
  private void assertOnePersonIsOne(String name, Bundle bundle) {
    int user = 7;
    int row = bundle.users().row("u" + user).orElseThrow();
    Map<String, Double> byId = scores(name, map("id", "u" + user));
    assertEquals(2 * PAIRS, byId.size());
    Map<String, Object> history = history(bundle, "u" + user);
    // What is held out for the test is not in what was published.
    List<?> items = (List<?>) history.get("history");
    assertEquals(2 * PAIRS_PER_USER - 1, items.size());
    Map<String, Double> byHistory = scores(name, history);
    List<?> vector = list(bundle.userFactors().row(row));
    Map<String, Double> byVector = scores(name, withVector(history, vector));
    Map<String, Double> untold = scores(name, map("vector", vector));
    boolean differs = false;
    for (Map.Entry<String, Double> hit : byId.entrySet()) {
      double allowed = 1e-4 * Math.max(1, hit.getValue());
      assertEquals(hit.getValue(), byHistory.get(hit.getKey()), allowed, hit.getKey());
      assertEquals(hit.getValue(), byVector.get(hit.getKey()), allowed, hit.getKey());
      differs |= Math.abs(hit.getValue() - untold.get(hit.getKey())) > allowed;
    }
    assertTrue(differs, "the history changes nothing");
    String held = histories.get(user).get(2 * PAIRS_PER_USER - 1);
    String other = "a" + held.substring(1);
    assertTrue(items.contains(other));
    assertExplained(name, map("id", "u" + user), held, other);
    assertExplained(name, history, held, other);
  }

  /** The held-out half of a pair is there because of the other half, and shares add up. */
  private static void assertExplained(
      String name, Map<String, Object> user, String held, String other) {
    JsonNode hits =
        search(name, user, map("explain", true)).expect(200).json().path("hits").path("hits");
    boolean found = false;
    for (JsonNode hit : hits) {
      JsonNode output = find(hit.path("_explanation"), "output, sum of:");
      double sum = 0;
      for (JsonNode part : output.path("details")) {
        sum += part.path("value").asDouble();
      }
      assertEquals(
          output.path("value").asDouble(), sum, 1e-5 * Math.max(1, Math.abs(sum)), hit.toString());
      JsonNode wide = find(hit.path("_explanation"), "wide_scale * what the 9 items");
      double shares = 0;
      for (JsonNode share : wide.path("details")) {
        shares += share.path("value").asDouble();
        found |=
            hit.path("_id").asString().equals(held)
                && share
                    .path("description")
                    .asString()
                    .equals("because item [" + other + "] was touched");
      }
      assertEquals(
          wide.path("value").asDouble(), shares, 1e-5 * Math.max(1, shares), wide.toString());
    }
    assertTrue(found, "because item [" + other + "]: " + hits);
  }

  private static JsonNode find(JsonNode explanation, String description) {
    if (explanation.path("description").asString().startsWith(description)) {
      return explanation;
    }
    for (JsonNode detail : explanation.path("details")) {
      JsonNode found = find(detail, description);
      if (!found.isMissingNode()) {
        return found;
      }
    }
    return explanation.path("nothing of that description");
  }

  @Test
  void trainedWide_publishedOnThreeShards_ranksAsTheTrainerDoes_explains_retrainsAndRollsBack()
      throws IOException {
    write();
    String name = "pairs";
    JsonNode first = TrainerFolder.run(training("train", name, "1"));
    assertTrue(
        first.get("scorer_inputs").valueStream().anyMatch(one -> one.asString().equals("wide")),
        first.toString());
    String bundle = first.get("bundle").asString();
    String generation = first.get("generation").asString();

    trainer.cluster("publish", bundle, "--shards", "3");
    assertEquals(400, TrainerFolder.documentsWith(name + "-users", "history_" + generation));
    assertEquals(2 * PAIRS, TrainerFolder.documentsWith(name, "ordinal_" + generation));
    assertTrue(TrainerFolder.documentsWith(name, "neighbours_" + generation) > PAIRS);
    JsonNode served = trainer.cluster("evaluate", bundle);
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-5);
    assertOnePersonIsOne(name, Bundle.open(Path.of(bundle)));
    assertTitlesAreTold(name);
    assertAUserOfZerosIsAskedForTheirHistory(name, Bundle.open(Path.of(bundle)));
    assertDamageIsNamed(name, generation);
    assertMissingIsNothing_andWhatIsDeletedChangesNobody(name);

    // The same through the retraining, twice: the first generation's fields are cleared then.
    List<String> again = training("retrain", name, "2");
    again.addAll(List.of("--url", Cluster.shared().baseUri().toString(), "--force"));
    String second = TrainerFolder.run(again).get("generation").asString();
    again.set(again.indexOf("--seed") + 1, "3");
    JsonNode third = TrainerFolder.run(again);
    assertEquals("published", third.get("decision").asString());
    assertEquals(0, TrainerFolder.documentsWith(name + "-users", "history_" + generation));
    assertEquals(0, TrainerFolder.documentsWith(name, "neighbours_" + generation));
    assertEquals(0, TrainerFolder.documentsWith(name, "ordinal_" + generation));
    String last = third.get("generation").asString();
    JsonNode servedAgain =
        trainer.cluster("evaluate", folder.resolve("models/" + name + "/" + last) + "");
    assertEquals(0, servedAgain.get("rank_mismatches").intValue());

    List<String> back =
        List.of(
            "rollback",
            "--json",
            "--name",
            name,
            "--out",
            folder.resolve("models").toString(),
            "--url",
            Cluster.shared().baseUri().toString());
    TrainerFolder.run(back);
    assertOnePersonIsOne(name, Bundle.open(folder.resolve("models/" + name + "/" + second)));

    // By vectors alone the last generation is whole; a model that ranks by lists is not.
    for (String lost : List.of(name + "-users history_", name + " neighbours_")) {
      String index = lost.substring(0, lost.indexOf(' '));
      String field = lost.substring(lost.indexOf(' ') + 1) + last;
      Cluster.shared().clear(index, field);
      TrainerRun refused = TrainerRun.of(back);
      assertEquals(6, refused.code(), refused.err());
      assertTrue(refused.err().contains("had its [" + field + "]"), refused.err());
    }
  }

  /** A terminal says titles, a script gets ids. */
  private void assertTitlesAreTold(String name) {
    List<String> arguments =
        List.of("search", "--url", Cluster.shared().baseUri().toString(), "--model", name);
    List<String> more = List.of("--user", "u7", "--explain", "--size", "120");
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    String out = TrainerRun.of(all).expect(0).out();
    String held = histories.get(7).get(2 * PAIRS_PER_USER - 1);
    String told = "because you touched \"Left " + held.substring(1) + "\"";
    assertTrue(out.contains(told), told + " in " + out);
    all.add("--json");
    String json = TrainerFolder.run(all).toString();
    assertTrue(json.contains("because item [a" + held.substring(1) + "] was touched"), json);
  }

  /** Of a document without the fields nobody says anything; a deleted one is missed by nobody. */
  private static void assertMissingIsNothing_andWhatIsDeletedChangesNobody(String name) {
    Map<String, Double> before = scores(name, map("id", "u7"));
    String path = "/" + name + "/_doc/new?refresh=true";
    Cluster.shared().call("PUT", path, "{\"title\": \"new\"}").expect(201);
    JsonNode hits =
        search(name, map("id", "u7"), map("explain", true, "size", 2 * PAIRS + 1))
            .expect(200)
            .json()
            .path("hits")
            .path("hits");
    assertEquals(2 * PAIRS + 1, hits.size());
    for (JsonNode hit : hits) {
      if (hit.path("_id").asString().equals("new")) {
        JsonNode wide = find(hit.path("_explanation"), "wide_scale * what the 9 items");
        assertEquals(0, wide.path("value").asDouble(), hit.toString());
      }
    }
    Cluster.shared().call("DELETE", path).expect(200);
    Cluster.shared().call("DELETE", "/" + name + "/_doc/a0?refresh=true").expect(200);
    Map<String, Double> after = scores(name, map("id", "u7"));
    assertEquals(before.size() - 1, after.size());
    after.forEach((id, score) -> assertEquals(before.get(id), score, 1e-5, id));
  }

  /** Zeros are not stored; what the user touched still counts, as it does for the trainer. */
  private static void assertAUserOfZerosIsAskedForTheirHistory(String name, Bundle bundle) {
    String path = "/" + name + "-users/_doc/u8?refresh=true";
    JsonNode user = Cluster.shared().call("GET", "/" + name + "-users/_doc/u8").expect(200).json();
    ObjectNode fields = (ObjectNode) user.path("_source");
    fields.remove(bundle.manifest().users().field());
    Cluster.shared().call("PUT", path, fields.toString()).expect(200);
    List<?> zeros = list(new float[bundle.manifest().rank()]);
    Map<String, Double> expected = scores(name, withVector(history(bundle, "u8"), zeros));
    Map<String, Double> found = scores(name, map("id", "u8"));
    assertEquals(expected.keySet(), found.keySet());
    found.forEach((id, score) -> assertEquals(expected.get(id), score, 1e-5, id));

    // So it is with a history of items that have no vector.
    String field = bundle.manifest().itemVectors().get(0).field();
    JsonNode item = Cluster.shared().call("GET", "/" + name + "/_doc/a0").expect(200).json();
    Map<String, Object> none = new HashMap<>();
    none.put(field, null);
    update(name, map("doc", none));
    Map<String, Double> byHistory = scores(name, map("history", List.of("a0")));
    Map<String, Double> byZeros = scores(name, map("vector", zeros, "history", List.of("a0")));
    assertEquals(byZeros.keySet(), byHistory.keySet());
    byHistory.forEach((id, score) -> assertEquals(byZeros.get(id), score, 1e-5, id));
    assertTrue(byHistory.values().stream().distinct().count() > 1, "the history changes nothing");
    update(name, map("doc", map(field, item.path("_source").path(field))));
  }

  /** A document with foreign bytes fails the search by its name, and only while it has them. */
  private static void assertDamageIsNamed(String name, String generation) {
    String document = "/" + name + "/_doc/a0";
    JsonNode source = Cluster.shared().call("GET", document).expect(200).json().path("_source");
    String field = "neighbours_" + generation;
    assertFalse(source.path(field).isMissingNode());
    Map<String, Object> damaged = map(field, "AAAAAAA=");
    update(name, map("doc", damaged));
    Cluster.Answer answer = search(name, map("id", "u7"), map());
    JsonNode shards = answer.json().path("_shards");
    assertEquals(1, shards.path("failed").asInt(), answer.json().toString());
    String reason = shards.path("failures").path(0).path("reason").path("reason").asString();
    assertTrue(reason.contains("document [a0] has a field [" + field), reason);
    assertTrue(reason.contains("8 bytes a pair"), reason);
    update(name, map("doc", map(field, source.path(field).asString())));
    assertEquals(200, search(name, map("id", "u7"), map()).status());
  }

  private static void update(String name, Map<String, Object> body) {
    Cluster.shared()
        .call(
            "POST", "/" + name + "/_update/a0?refresh=true", Cluster.JSON.writeValueAsString(body))
        .expect(200);
  }

  @Test
  void trainedWithoutUserVectors_ranksByHistoryAsTheTrainerDoes_andKeepsNobodysHistory()
      throws IOException {
    write();
    JsonNode made =
        TrainerFolder.run(training("train", "faceless-pairs", "1", "--no-user-vectors"));
    String bundle = made.get("bundle").asString();
    assertTrue(Files.exists(Path.of(bundle, "item-neighbours-items.npy")));
    assertFalse(Files.exists(Path.of(bundle, "user-history-items.npy")));
    assertEquals(0, trainer.cluster("publish", bundle).get("users").intValue());
    JsonNode served = trainer.cluster("evaluate", bundle);
    assertEquals(0, served.get("rank_mismatches").intValue());
    assertTrue(served.get("max_score_difference").doubleValue() < 1e-5);
  }
}
