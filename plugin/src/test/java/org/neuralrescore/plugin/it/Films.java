// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.neuralrescore.plugin.bundle.SmallModel;

/**
 * An items index and a users index of made-up films, and what the model should say of each: every
 * seventh film has no vector.
 */
final class Films {
  static final int FILMS = 60;
  static final int USERS = 4;

  private final Cluster cluster;
  private final SmallModel model;
  private final String index;
  private final Map<String, float[]> items = new LinkedHashMap<>();
  private final Map<String, float[]> users = new LinkedHashMap<>();

  private Films(Cluster cluster, SmallModel model, String index) {
    this.cluster = cluster;
    this.model = model;
    this.index = index;
    Random random = new Random(7);
    for (int i = 0; i < FILMS; i++) {
      items.put(
          "film-" + i,
          i % 7 == 6 ? new float[model.rank()] : SmallModel.vector(random, model.rank()));
    }
    for (int u = 0; u < USERS; u++) {
      users.put("user-" + u, SmallModel.vector(random, model.rank()));
    }
  }

  /**
   * Makes the two indices and puts the model.
   *
   * @param vectorMapping more keys of the item vector's mapping
   */
  static Films create(
      Cluster cluster,
      String auth,
      SmallModel model,
      String index,
      int shards,
      Map<String, Object> vectorMapping) {
    Films films = indices(cluster, auth, model, index, shards, vectorMapping);
    cluster.call(auth, "PUT", films.modelPath(), films.upload()).expect(201);
    return films;
  }

  /** Makes the two indices; whoever calls puts a model over them. */
  static Films indices(
      Cluster cluster,
      String auth,
      SmallModel model,
      String index,
      int shards,
      Map<String, Object> vectorMapping) {
    Films films = new Films(cluster, model, index);
    films.createIndex(auth, index, shards, vectorMapping);
    films.createIndex(auth, index + "-users", 1, Map.of("index", false));
    films.bulk(auth);
    return films;
  }

  String modelPath() {
    return "/_neural_rescore/models/" + model.name() + "/" + model.generation();
  }

  String upload() {
    return SmallModel.upload(model.files(), index, index + "-users");
  }

  private void createIndex(
      String auth, String name, int shards, Map<String, Object> vectorMapping) {
    Map<String, Object> vector =
        map("type", "dense_vector", "dims", model.rank(), "element_type", "float");
    vector.putAll(vectorMapping);
    Map<String, Object> body =
        map(
            "settings",
            map("number_of_shards", shards, "number_of_replicas", 0),
            "mappings",
            map(
                "properties",
                map(
                    "title",
                    map("type", "text"),
                    "year",
                    map("type", "integer"),
                    "decade",
                    map("type", "keyword"),
                    "parts",
                    map(
                        "type",
                        "nested",
                        "properties",
                        map("inner_vector", map("type", "dense_vector", "dims", model.rank()))),
                    model.field(),
                    vector)));
    cluster.call(auth, "PUT", "/" + name, Cluster.JSON.writeValueAsString(body)).expect(200);
  }

  private void bulk(String auth) {
    StringBuilder body = new StringBuilder();
    int i = 0;
    for (Map.Entry<String, float[]> item : items.entrySet()) {
      Map<String, Object> source =
          map("title", title(i), "year", 1950 + i, "decade", decade(item.getKey()));
      if (i % 7 != 6) {
        source.put(model.field(), list(item.getValue()));
      }
      line(body, map("index", map("_index", index, "_id", item.getKey())));
      line(body, source);
      i++;
      if (i == FILMS / 2) {
        // A second segment a shard.
        send(auth, body);
      }
    }
    for (Map.Entry<String, float[]> user : users.entrySet()) {
      line(body, map("index", map("_index", index + "-users", "_id", user.getKey())));
      line(body, map(model.field(), list(user.getValue())));
    }
    line(body, map("index", map("_index", index + "-users", "_id", "user-without-vector")));
    line(body, map());
    send(auth, body);
  }

  private void send(String auth, StringBuilder body) {
    Cluster.Answer answer =
        cluster.call(auth, "POST", "/_bulk?refresh=true", body.toString()).expect(200);
    if (answer.json().path("errors").asBoolean()) {
      throw new AssertionError(answer.json().toString());
    }
    body.setLength(0);
  }

  /** Some words more or less often, so that films differ in their first pass. */
  private static String title(int i) {
    return "space ".repeat(1 + i % 5) + "adventure " + "of the deep ".repeat(i % 3) + i;
  }

  private static void line(StringBuilder body, Object json) {
    body.append(Cluster.JSON.writeValueAsString(json)).append('\n');
  }

  /** Whether a film has no vector. */
  boolean isMissing(String id) {
    return Integer.parseInt(id.substring("film-".length())) % 7 == 6;
  }

  /** A film's group. */
  String decade(String id) {
    return "decade-" + Integer.parseInt(id.substring("film-".length())) % 6;
  }

  float[] item(String id) {
    return items.get(id);
  }

  float[] user(String id) {
    return users.get(id);
  }

  List<String> itemIds() {
    return new ArrayList<>(items.keySet());
  }

  /** A search for the films with space in their title. */
  Map<String, Object> search(Map<String, Object> neural, int window) {
    return map(
        "size",
        FILMS,
        "_source",
        false,
        "query",
        map("match", map("title", "space")),
        "rescore",
        map("window_size", window, "neural", neural));
  }

  /** The same without rescoring. */
  Map<String, Object> firstPass() {
    Map<String, Object> search = search(Map.of(), 1);
    search.remove("rescore");
    return search;
  }

  Cluster.Answer run(Map<String, Object> search) {
    return run("", search);
  }

  Cluster.Answer run(String auth, Map<String, Object> search) {
    return cluster.call(
        auth, "POST", "/" + index + "/_search", Cluster.JSON.writeValueAsString(search));
  }

  /** Score by document id, in the order of the hits. */
  static Map<String, Double> scores(Cluster.Answer answer) {
    Map<String, Double> scores = new LinkedHashMap<>();
    answer
        .expect(200)
        .json()
        .path("hits")
        .path("hits")
        .forEach(hit -> scores.put(hit.path("_id").asString(), hit.path("_score").asDouble()));
    if (answer.json().path("_shards").path("failed").asInt() != 0) {
      throw new AssertionError(answer.json().path("_shards").toString());
    }
    return scores;
  }
}
