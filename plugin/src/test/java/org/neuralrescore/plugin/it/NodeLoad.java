// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.neuralrescore.plugin.bundle.SmallModel;

/**
 * A node under searches of several kinds over one shard: plain ones, ones with a rescorer that does
 * nothing, and personalised ones.
 */
public final class NodeLoad implements AutoCloseable {
  /** The kind that others are compared with. */
  public static final String NOTHING = "a rescorer that does nothing";

  private static final int RANK = 64;
  private static final int WINDOW = 1_000;
  private static final int USERS = 100;
  private static final int WORDS = 40;
  private static final int WORDS_A_TITLE = 5;
  private static final int BULK = 2_000;
  private static final int SEARCHES = 200;
  private static final String INDEX = "load";
  private static final double NANOS_A_MILLI = 1e6;
  private static final double MICROS_A_MILLI = 1e3;
  private static final double NANOS_A_SECOND = 1e9;

  private final Random random = new Random(11);
  private final SmallModel model = SmallModel.usual("load", "g1", 1, RANK);
  private final Map<String, List<String>> searches = new LinkedHashMap<>();
  private final Cluster cluster;
  private final ProcessHandle process;

  /**
   * What came of one kind for a while.
   *
   * @param millis the median of a search
   * @param perSecond searches of all clients
   * @param cpuMicros the node's processor time for a search, which other work on the machine moves
   *     less than the clock's
   */
  public record Figures(double millis, double perSecond, double cpuMicros) {}

  /** Starts a node with so many documents. */
  public NodeLoad(int docs) {
    cluster = Cluster.start(Cluster.options().javaOptions("-Xms1g -Xmx1g").build());
    process =
        ProcessHandle.of(
                cluster
                    .call("GET", "/_nodes/_local/process")
                    .expect(200)
                    .json()
                    .path("nodes")
                    .iterator()
                    .next()
                    .path("process")
                    .path("id")
                    .asLong())
            .orElseThrow();
    index(INDEX, docs, "item-");
    index(INDEX + "-users", USERS, "user-");
    put(model);
    fill(docs);
  }

  private void put(SmallModel put) {
    cluster
        .call(
            "PUT",
            "/_neural_rescore/models/" + put.name() + "/" + put.generation(),
            SmallModel.upload(put.files(), INDEX, INDEX + "-users"))
        .expect(201);
  }

  private void index(String index, int docs, String id) {
    Map<String, Object> vector = map("type", "dense_vector", "dims", RANK, "index", false);
    cluster
        .call(
            "PUT",
            "/" + index,
            Cluster.JSON.writeValueAsString(
                map(
                    "settings",
                    map("number_of_shards", 1, "number_of_replicas", 0),
                    "mappings",
                    map("properties", map("title", map("type", "text"), model.field(), vector)))))
        .expect(200);
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < docs; i++) {
      body.append(Cluster.JSON.writeValueAsString(map("index", map("_id", id + i)))).append('\n');
      float[] values = SmallModel.vector(random, RANK);
      body.append(
              Cluster.JSON.writeValueAsString(
                  map("title", words(WORDS_A_TITLE), model.field(), list(values))))
          .append('\n');
      if ((i + 1) % BULK == 0 || i + 1 == docs) {
        Cluster.Answer answer =
            cluster.call("POST", "/" + index + "/_bulk", body.toString()).expect(200);
        if (answer.json().path("errors").asBoolean()) {
          throw new IllegalStateException(answer.json().toString());
        }
        body.setLength(0);
      }
    }
    cluster.call("POST", "/" + index + "/_refresh").expect(200);
  }

  private String words(int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append("w").append(random.nextInt(WORDS)).append(' ');
    }
    return words.toString();
  }

  private void fill(int docs) {
    for (String kind : List.of("plain", NOTHING, "by vector", "by id", "by history")) {
      searches.put(kind, new ArrayList<>());
    }
    for (int i = 0; i < SEARCHES; i++) {
      Map<String, Object> query = map("match", map("title", words(2)));
      add("plain", query, Map.of());
      add(
          NOTHING,
          query,
          map(
              "query",
              map(
                  "rescore_query",
                  map("match_all", map()),
                  "query_weight",
                  1,
                  "rescore_query_weight",
                  0)));
      add("by vector", query, user(map("vector", list(SmallModel.vector(random, RANK)))));
      add("by id", query, user(map("id", "user-" + random.nextInt(USERS))));
      List<String> history = new ArrayList<>();
      for (int item = 0; item < 10; item++) {
        history.add("item-" + random.nextInt(docs));
      }
      add("by history", query, user(map("history", history)));
    }
  }

  private static Map<String, Object> user(Map<String, Object> user) {
    return map("neural", map("model", "load/g1", "user", user));
  }

  private void add(String kind, Map<String, Object> query, Map<String, Object> rescorer) {
    Map<String, Object> search =
        map("size", 10, "_source", false, "track_total_hits", false, "query", query);
    if (!rescorer.isEmpty()) {
      Map<String, Object> rescore = map("window_size", WINDOW);
      rescore.putAll(rescorer);
      search.put("rescore", rescore);
    }
    searches.get(kind).add(Cluster.JSON.writeValueAsString(search));
  }

  /** What may be measured. */
  public List<String> kinds() {
    return List.copyOf(searches.keySet());
  }

  /** Searches of one kind from so many clients. */
  public Figures measure(String kind, int clients, double seconds) {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    Duration cpu = cpu();
    long start = System.nanoTime();
    try {
      List<CompletableFuture<long[]>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int first = client * SEARCHES / clients;
        running.add(
            CompletableFuture.supplyAsync(() -> search(kind, first, start, seconds), threads));
      }
      long[] nanos =
          running.stream().map(CompletableFuture::join).flatMapToLong(Arrays::stream).toArray();
      double took = (System.nanoTime() - start) / NANOS_A_SECOND;
      Arrays.sort(nanos);
      return new Figures(
          nanos[nanos.length / 2] / NANOS_A_MILLI,
          nanos.length / took,
          cpu().minus(cpu).toMillis() * MICROS_A_MILLI / nanos.length);
    } finally {
      threads.shutdownNow();
    }
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private long[] search(String kind, int first, long start, double seconds) {
    List<String> bodies = searches.get(kind);
    List<Long> nanos = new ArrayList<>();
    long before = System.nanoTime();
    for (int i = first; before - start < seconds * NANOS_A_SECOND; i++) {
      run(bodies.get(i % bodies.size()));
      long behind = System.nanoTime();
      nanos.add(behind - before);
      before = behind;
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  private void run(String search) {
    cluster.call("POST", "/" + INDEX + "/_search", search).expect(200);
  }

  /**
   * The first search with a model that was put just before, and the median of the next ones.
   *
   * @param number of the model
   * @return both in milliseconds
   */
  public double[] firstSearch(int number) {
    SmallModel fresh = SmallModel.usual("fresh" + number, "g1", 100 + number, RANK);
    put(fresh);
    long[] nanos = new long[20];
    for (int i = 0; i < nanos.length; i++) {
      String search = searches.get("by vector").get(i).replace("load/g1", fresh.name() + "/g1");
      long start = System.nanoTime();
      run(search);
      nanos[i] = System.nanoTime() - start;
    }
    double first = nanos[0] / NANOS_A_MILLI;
    Arrays.sort(nanos, 1, nanos.length);
    return new double[] {first, nanos[nanos.length / 2] / NANOS_A_MILLI};
  }

  @Override
  public void close() {
    cluster.stop();
  }
}
