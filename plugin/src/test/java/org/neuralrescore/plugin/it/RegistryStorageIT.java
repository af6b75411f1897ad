// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;
import tools.jackson.databind.JsonNode;

/** What the registry names is there, and what is there it names: in races, and after a restore. */
class RegistryStorageIT {
  private static final String FILES = "/.neural-rescore-models";
  private static final int ROUNDS = 80;
  private static final int GRACE_SECONDS = 24;

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        Cluster.start(
            Cluster.options()
                .setting("neural_rescore.upload.grace", GRACE_SECONDS + "s")
                .setting("path.repo", "tmp/snapshots")
                .build());
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  private static String path(SmallModel model) {
    return "/_neural_rescore/models/" + model.name() + "/" + model.generation();
  }

  private static Cluster.Answer put(SmallModel model, String items) {
    return cluster.call(
        "PUT", path(model), SmallModel.upload(model.files(), items, items + "-users"));
  }

  private static Cluster.Answer putAlias(String alias, SmallModel model) {
    return cluster.call(
        "PUT",
        "/_neural_rescore/aliases/" + alias,
        Cluster.JSON.writeValueAsString(
            map("model", model.name(), "generation", model.generation())));
  }

  /** The ids of the documents of the raced model. */
  private static Set<String> documents() {
    cluster.call("POST", FILES + "/_refresh").expect(200);
    Set<String> ids = new TreeSet<>();
    cluster
        .call(
            "POST",
            FILES + "/_search",
            "{\"size\": 10000, \"_source\": false, \"query\": {\"term\": {\"model\": \"raced/g1\"}}}")
        .expect(200)
        .json()
        .at("/hits/hits")
        .forEach(hit -> ids.add(hit.path("_id").asString()));
    return ids;
  }

  /** The ids of the documents that its entry names, if it has one; the model is small. */
  private static Set<String> named() {
    Set<String> ids = new TreeSet<>();
    for (JsonNode entry :
        cluster.call("GET", "/_neural_rescore/models/raced").json().path("models")) {
      String upload = entry.path("upload").asString();
      entry.path("files").propertyNames().forEach(file -> ids.add(upload + "-0-" + file));
    }
    return ids;
  }

  @Test
  void putAndDelete_inARace_leaveAModelWithItsFilesOrNone_andTheSweepTheRest() throws Exception {
    SmallModel model = SmallModel.of("raced", "g1", 1);
    put(model, "films").expect(201);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    int there = 0;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        answers.add(CompletableFuture.supplyAsync(() -> put(model, "films").status(), threads));
        answers.add(
            CompletableFuture.supplyAsync(
                () -> cluster.call("DELETE", path(model)).status(), threads));
        answers.add(CompletableFuture.supplyAsync(() -> put(model, "films").status(), threads));
        for (CompletableFuture<Integer> answer : answers) {
          assertTrue(Set.of(200, 201, 404).contains(answer.get()), "status " + answer.get());
        }
        Set<String> named = named();
        there += named.isEmpty() ? 0 : 1;
        Set<String> missing = new TreeSet<>(named);
        missing.removeAll(documents());
        assertEquals(Set.of(), missing, "round " + round);
      }
    } finally {
      threads.shutdownNow();
    }
    // Both ends of the race were seen, or else this shows nothing.
    assertTrue(there > 0, "the model was there after " + there + " rounds");
    put(model, "films");
    assertTrue(documents().size() > named().size(), "the races left no orphans to sweep");
    for (int second = 0; second < 4 * GRACE_SECONDS && !documents().equals(named()); second++) {
      Thread.sleep(1_000);
    }
    assertEquals(named(), documents());
  }

  @Test
  void recover_afterARestoreWithGlobalState_bringsModelsAndAliasesBack() {
    SmallModel first = SmallModel.of("restored", "g1", 1);
    SmallModel second = SmallModel.of("restored", "g2", 2);
    Films films = Films.create(cluster, "", first, "restored", 2, Map.of("index", false));
    put(second, "restored").expect(201);
    putAlias("restored-live", first).expect(200);
    Map<String, Object> search =
        films.search(map("model", "restored-live", "user", map("id", "user-1")), 100);
    Map<String, Double> before = Films.scores(films.run(search));
    String models = models("restored");

    cluster
        .call(
            "PUT",
            "/_snapshot/backup",
            "{\"type\": \"fs\", \"settings\": {\"location\": \"backup\"}}")
        .expect(200);
    cluster
        .call(
            "PUT",
            "/_snapshot/backup/one?wait_for_completion=true",
            "{\"indices\": \".neural-rescore-models\", \"include_global_state\": true}")
        .expect(200);
    // As a cluster is that the snapshot is restored into: without models.
    cluster.call("DELETE", "/_neural_rescore/aliases/restored-live").expect(200);
    cluster.call("DELETE", path(first)).expect(200);
    cluster.call("DELETE", path(second)).expect(200);
    cluster.call("DELETE", FILES).expect(200);
    cluster
        .call(
            "POST",
            "/_snapshot/backup/one/_restore?wait_for_completion=true",
            "{\"indices\": \".neural-rescore-models\", \"include_global_state\": true}")
        .expect(200);
    cluster.call("GET", "/_neural_rescore/models/restored").expect(404);

    JsonNode dry =
        cluster.call("POST", "/_neural_rescore/_recover?dry_run=true").expect(200).json();
    assertTrue(dry.path("dry_run").asBoolean());
    assertTrue(dry.at("/models/recovered").toString().contains("restored/g1"), dry.toString());
    cluster.call("GET", "/_neural_rescore/models/restored").expect(404);

    JsonNode done = cluster.call("POST", "/_neural_rescore/_recover").expect(200).json();
    assertEquals(dry.path("models"), done.path("models"));
    assertTrue(done.at("/aliases/recovered").toString().contains("restored-live"));
    assertEquals(models, models("restored"));
    assertEquals(before, Films.scores(films.run(search)));
    JsonNode again = cluster.call("POST", "/_neural_rescore/_recover").expect(200).json();
    assertEquals(0, again.at("/models/recovered").size());

    // What has lost a file does not come back, and says which.
    lose(second);
  }

  private static String models(String name) {
    return cluster
        .call("GET", "/_neural_rescore/models/" + name)
        .expect(200)
        .json()
        .path("models")
        .toString();
  }

  private static void lose(SmallModel model) {
    String upload =
        cluster.call("GET", path(model)).expect(200).json().at("/models/0/upload").asString();
    cluster.call("DELETE", FILES + "/_doc/" + upload + "-0-scorer.onnx").expect(200);
    cluster
        .call(
            "PUT",
            "/_snapshot/backup/two?wait_for_completion=true",
            "{\"indices\": \".neural-rescore-models\", \"include_global_state\": true}")
        .expect(200);
    cluster.call("DELETE", "/_neural_rescore/aliases/restored-live").expect(200);
    cluster.call("DELETE", "/_neural_rescore/models/restored/g1").expect(200);
    cluster.call("DELETE", path(model)).expect(200);
    cluster.call("DELETE", FILES).expect(200);
    cluster
        .call(
            "POST",
            "/_snapshot/backup/two/_restore?wait_for_completion=true",
            "{\"indices\": \".neural-rescore-models\", \"include_global_state\": true}")
        .expect(200);
    JsonNode done = cluster.call("POST", "/_neural_rescore/_recover").expect(200).json();
    assertTrue(
        done.at("/models/lost/restored~1g2").asString().contains("scorer.onnx"), done.toString());
    assertTrue(done.at("/models/recovered").toString().contains("restored/g1"), done.toString());
  }
}
