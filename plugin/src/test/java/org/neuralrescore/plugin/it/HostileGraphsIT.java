// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.plugin.bundle.TinyModel;

/**
 * Graphs over the edges of what is taken: the node says why, stays, and stays as large as it was.
 */
class HostileGraphsIT {
  private static final int GRAPHS = 300;
  private static final long SEED = 20_261_128;
  private static final long GROWTH = 200L << 20;

  private static final Cluster cluster = Cluster.start(Cluster.options().build());

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  /** Bytes of the node's process that are in memory. */
  private static long resident() {
    long pid =
        cluster
            .call("GET", "/_nodes/_local/process")
            .expect(200)
            .json()
            .path("nodes")
            .iterator()
            .next()
            .path("process")
            .path("id")
            .asLong();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no VmRSS");
  }

  private static Cluster.Answer put(String name, TinyGraph graph) {
    TinyModel model = TinyModel.of(name, graph);
    return cluster.call("PUT", model.path(), model.upload("items", "users"));
  }

  private static TinyGraph hostile(Random random) {
    int size = 1 << (10 + random.nextInt(20));
    return switch (random.nextInt(14)) {
      case 0 ->
          TinyGraph.reading(
              g -> g.node("Cast", "user", "u", "to", TinyGraph.INT32).node("Div", "u u", "x"));
      case 1 -> TinyGraph.reading(g -> g.longs("s", size, size).node("ConstantOfShape", "s", "x"));
      case 2 -> TinyGraph.reading(g -> g.longs("s", size, 1024).node("Expand", "user s", "x"));
      case 3 -> TinyGraph.reading(g -> g.longs("s", 1, size * 2L).node("Expand", "dot s", "x"));
      case 4 ->
          TinyGraph.reading(g -> g.node("Transpose", "items", "t").node("MatMul", "items t", "x"));
      case 5 -> TinyGraph.scorer().node("Softmax", "dot", "score", "axis", -2);
      case 6 ->
          TinyGraph.reading(
              g -> g.node("Cast", "user", "n", "to", TinyGraph.INT64).node("Tile", "user n", "x"));
      case 7 ->
          TinyGraph.reading(g -> g.node("RandomNormal", "", "x", "shape", new long[] {size, 1024}));
      case 8 ->
          TinyGraph.reading(
              g -> {
                g.floats("one", new long[] {1, 1}, 1).longs("s", 1024, 1024);
                g.node("Expand", "one s", "w").node("MatMul", "w w", "p0");
                int products = 4 + random.nextInt(2_000);
                for (int i = 0; i < products; i++) {
                  g.node("MatMul", "p" + i + " w", "p" + (i + 1));
                }
                g.node("Identity", "p" + products, "x");
              });
      case 9 ->
          TinyGraph.reading(
              g -> g.longs("i", random.nextLong()).node("Gather", "items i", "x", "axis", 1));
      case 10 ->
          TinyGraph.reading(
              g ->
                  g.longs("s", random.nextInt(9) - 4, random.nextInt(9) + 3)
                      .node("Reshape", "user s", "x"));
      case 11 ->
          TinyGraph.reading(g -> g.longs("a", random.nextInt()).node("Squeeze", "user a", "x"));
      case 12 -> TinyGraph.scorer(random.nextInt(12)).node("Identity", "dot", "score");
      default ->
          TinyGraph.reading(
              g ->
                  g.node(
                      new String[] {
                            "Loop", "If", "Scan", "Range", "Resize", "Pad", "NonZero", "Mod"
                          }
                          [random.nextInt(8)],
                      "items",
                      "x"));
    };
  }

  @Test
  void put_ofHostileGraphs_isRefusedWithAReasonAndTheNodeStays() {
    put("good", TinyGraph.scorer().node("Identity", "dot", "score")).expect(201);
    long before = resident();
    Random random = new Random(SEED);
    for (int i = 0; i < GRAPHS; i++) {
      String at = "graph " + i + " of seed " + SEED;
      Cluster.Answer answer = put("hostile-" + i, hostile(random));
      assertEquals(400, answer.status(), at + ": " + answer.json());
      assertTrue(answer.error().contains("scorer.onnx is refused: "), at + ": " + answer.error());
    }
    long grown = resident() - before;
    assertTrue(grown < GROWTH, "the node grew by " + grown + " bytes");
    cluster.call("GET", "/_neural_rescore/models/good").expect(200);
  }

  @Test
  void get_ofAModel_saysWhatItTakes() {
    put("sized", TinyGraph.scorer().node("Relu", "dot", "score")).expect(201);
    var memory =
        cluster
            .call("GET", "/_neural_rescore/models/sized/g1")
            .expect(200)
            .json()
            .path("models")
            .path(0)
            .path("memory");
    // Two operators, and the manifest on the heap.
    long open = memory.path("open_bytes").asLong();
    assertTrue(open > 2 * 4_096 && open < 4 * 4_096, "open_bytes is " + open);
    assertEquals(0, memory.path("run_bytes").asLong());
    assertEquals(8, memory.path("run_bytes_per_row").asLong());
  }
}
