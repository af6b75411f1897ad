// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.InteractionExport;
import org.neuralrescore.trainer.publish.InteractionQuery;
import tools.jackson.databind.JsonNode;

/** Retraining from an index of clicks, published to the same cluster, and back again. */
class RetrainIT {
  private static final String CLICKS = "retrain-clicks";

  /** 2020-09-13T12:26:40Z: a small number would be read as a year. */
  private static final long START = 1_600_000_000_000L;

  private static final String ROOT = System.getProperty("neuralrescore.root");

  @TempDir static Path shared;
  @TempDir Path folder;

  /** {@code user,item,rating,seconds}, the earliest first. */
  private static List<String[]> ratings;

  private static int indexed;

  @BeforeAll
  static void indexTheEarlierClicks() throws IOException {
    SyntheticData.write(shared.resolve("films"), new SyntheticOptions(300, 420, 5));
    List<String> lines = Files.readAllLines(shared.resolve("films/ratings.csv"));
    ratings =
        lines.subList(1, lines.size()).stream()
            .map(line -> line.split(",", -1))
            .sorted(Comparator.comparingLong(fields -> Long.parseLong(fields[3])))
            .toList();
    Cluster.shared()
        .call(
            "PUT",
            "/" + CLICKS,
            """
            {"settings": {"number_of_shards": 2, "number_of_replicas": 0},
             "mappings": {"properties": {
               "user": {"properties": {"id": {"type": "keyword"}}},
               "product": {"type": "keyword"}, "action": {"type": "keyword"},
               "stars": {"type": "float"}, "at": {"type": "date"}}}}""")
        .expect(200);
    index((int) (ratings.size() * 0.85));
  }

  private static void index(int until) {
    StringBuilder bulk = new StringBuilder();
    for (String[] fields : ratings.subList(indexed, until)) {
      bulk.append("{\"index\": {}}\n")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"user\": {\"id\": \"%s\"}, \"product\": \"%s\", \"stars\": %s, \"at\":"
                      + " %s000, \"action\": \"click\"}%n",
                  (Object[]) fields));
    }
    indexed = until;
    Cluster.Answer answer =
        Cluster.shared().call("POST", "/" + CLICKS + "/_bulk?refresh=true", bulk.toString());
    assertEquals(false, answer.expect(200).json().get("errors").asBoolean());
  }

  private static TrainerRun run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--json", "--url", Cluster.shared().baseUri().toString()));
    all.addAll(List.of("--config", Path.of(ROOT, "es-config").toString()));
    return TrainerRun.of(all);
  }

  private TrainerRun retrain(String name, String... more) {
    List<String> args =
        new ArrayList<>(List.of("retrain", "--name", name, "--out", folder.toString()));
    args.addAll(List.of("--from-index", CLICKS, "--user-column", "user.id"));
    args.addAll(List.of("--item-column", "product", "--time-column", "at"));
    args.addAll(List.of("--items", shared.resolve("films/movies.csv").toString()));
    args.addAll(List.of("--rank", "8", "--sweeps", "4", "--no-network"));
    args.addAll(List.of("--gate", "unless-worse"));
    args.addAll(Arrays.asList(more));
    return run(args.toArray(String[]::new));
  }

  private TrainerRun rollback() {
    return run("rollback", "--name", "clicked", "--out", folder.toString());
  }

  private static String aliased() {
    return Cluster.shared()
        .call("GET", "/_neural_rescore/aliases/clicked")
        .expect(200)
        .json()
        .at("/aliases/clicked/generation")
        .asString();
  }

  private static JsonNode search() {
    return Cluster.shared()
        .call(
            "POST",
            "/clicked/_search",
            "{\"_source\": false, \"query\": {\"match_all\": {}},"
                + " \"rescore\": {\"window_size\": 300, \"neural\":"
                + " {\"model\": \"clicked\", \"user\": {\"id\": \""
                + ratings.get(0)[0]
                + "\"}, \"weight\": 1.0}}}")
        .expect(200)
        .json()
        .at("/hits/hits");
  }

  private static long withVector(String generation) {
    return Cluster.shared()
        .call(
            "POST",
            "/clicked/_count",
            "{\"query\": {\"exists\": {\"field\": \"factors_" + generation + "\"}}}")
        .expect(200)
        .json()
        .get("count")
        .asLong();
  }

  @Test
  void retrain_fromAnIndex_publishesRollsBackAndRefusesWhatIsNotWhole() {
    TrainerRun first = retrain("clicked");
    assertEquals(0, first.code(), first.err());
    assertEquals("published", first.json().get("decision").asString());
    String g1 = first.json().get("deployed").asString();
    assertEquals(g1, aliased());
    JsonNode before = search();
    assertEquals(10, before.size());

    index(ratings.size());
    TrainerRun second = retrain("clicked");
    assertEquals(0, second.code(), second.err());
    String g2 = second.json().get("deployed").asString();
    assertNotEquals(g1, g2);
    assertEquals(g1, second.json().get("former").asString());
    assertEquals(g2, aliased());
    assertTrue(second.json().at("/ndcg/cases").asInt() > 300);
    assertTrue(withVector(g1) > 200);
    assertTrue(withVector(g2) > 200);

    assertEquals("unchanged", retrain("clicked").json().get("decision").asString());

    TrainerRun back = rollback();
    assertEquals(0, back.code(), back.err());
    assertEquals(g1, aliased());
    assertEquals(before, search());

    // Somebody takes one vector of the newer generation away: no going forth to that.
    String item = Cluster.shared().clear("clicked", "factors_" + g2);
    TrainerRun forth = rollback();
    assertEquals(6, forth.code(), forth.err());
    assertTrue(forth.err().contains("cannot go back to [clicked/" + g2 + "]"), forth.err());
    assertEquals(1, forth.err().lines().count());
    assertEquals(g1, aliased());

    // A document that was deleted since is no obstacle: only what is there must be whole.
    Cluster.shared().call("DELETE", "/clicked/_doc/" + item + "?refresh=true").expect(200);
    assertEquals(0, rollback().code());
    assertEquals(g2, aliased());
  }

  @Test
  void retrain_fromAnIndexThatIsNot_exits5AndFromAnEmptyRange3() {
    TrainerRun none =
        run("retrain", "--name", "nothing", "--out", folder.toString(), "--from-index", "no");
    assertEquals(5, none.code(), none.err());
    assertTrue(none.err().contains("[no]"), none.err());
    TrainerRun empty = retrain("never-clicked", "--until", "1971-01-01");
    assertEquals(3, empty.code(), empty.err());
    assertTrue(empty.err().contains("widen the time range"), empty.err());
  }

  @Test
  void export_readsEveryPageInTheOrderOfTime_withinTheRangeAndTheFilter() throws IOException {
    String index = "retrain-export";
    Cluster.shared()
        .call(
            "PUT",
            "/" + index,
            """
            {"settings": {"number_of_shards": 3, "number_of_replicas": 0},
             "mappings": {"properties": {"user_id": {"type": "keyword"},
               "item_id": {"type": "keyword"}, "kind": {"type": "keyword"},
               "timestamp": {"type": "date"}}}}""")
        .expect(200);
    StringBuilder bulk = new StringBuilder();
    int documents = 11_000;
    for (int d = 0; d < documents; d++) {
      bulk.append("{\"index\": {}}\n")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"user_id\": \"u%d\", \"item_id\": [\"i%d\", \"and, \\\"more\\\"\"], \"kind\":"
                      + " \"%s\", \"timestamp\": %d}%n",
                  d % 50,
                  d,
                  d % 2 == 0 ? "click" : "view",
                  START + (documents - d) * 1000L));
    }
    Cluster.shared().call("POST", "/" + index + "/_bulk?refresh=true", bulk.toString()).expect(200);
    Path file = folder.resolve("out.csv");
    try (var cluster =
        org.neuralrescore.trainer.publish.Cluster.connect(
            ClusterAddress.of(Cluster.shared().baseUri()))) {
      InteractionExport export = new InteractionExport(cluster);
      InteractionQuery all =
          new InteractionQuery(
              index,
              "user_id",
              "item_id",
              Optional.empty(),
              "timestamp",
              Optional.empty(),
              Optional.empty(),
              Map.of(),
              List.of());
      assertEquals(documents, export.write(all, file, Progress.none()));
      List<String> lines = Files.readAllLines(file);
      assertEquals("user,item,time", lines.get(0));
      assertEquals(1 + 2 * documents, lines.size());
      assertEquals(
          "u" + (documents - 1) % 50 + ",i" + (documents - 1) + ",1600000001000", lines.get(1));
      assertEquals(
          "u" + (documents - 1) % 50 + ",\"and, \"\"more\"\"\",1600000001000", lines.get(2));
      long last = 0;
      for (String line : lines.subList(1, lines.size())) {
        long time = Long.parseLong(line.substring(line.lastIndexOf(',') + 1));
        assertTrue(time >= last);
        last = time;
      }
      InteractionQuery some =
          new InteractionQuery(
              index,
              "user_id",
              "item_id",
              Optional.empty(),
              "timestamp",
              Optional.of("2020-09-13T12:26:51Z"),
              Optional.of("2020-09-13T12:27:01Z"),
              Map.of("kind", "click"),
              List.of());
      assertEquals(5, export.write(some, file, Progress.none()));
      InteractionQuery wrong =
          new InteractionQuery(
              index,
              "item_id",
              "user_id",
              Optional.empty(),
              "timestamp",
              Optional.empty(),
              Optional.empty(),
              Map.of(),
              List.of());
      UserError error =
          assertThrows(UserError.class, () -> export.write(wrong, file, Progress.none()));
      assertTrue(error.getMessage().contains("2 values of user field"), error.getMessage());
    }
  }
}
