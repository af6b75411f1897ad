// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.GraphCheck;
import org.neuralrescore.plugin.graph.GraphCost;
import org.neuralrescore.plugin.graph.GraphLimits;
import org.neuralrescore.plugin.graph.Linear;
import org.neuralrescore.plugin.lucene.BatchLayout;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.plugin.lucene.ScoringException;

class OnnxScorerTest {
  private static final GraphLimits ANY =
      new GraphLimits(
          Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1);
  private static final RunWatch NO_WATCH = new RunWatch((millis, task) -> {});

  private static ScorerSpec spec(int width) {
    return new ScorerSpec(
        "scorer.onnx",
        List.of(
            new InputSource.UserVector("user", width),
            new InputSource.ItemVector("items", width, "f")),
        "score",
        ScoreTransform.IDENTITY);
  }

  private static CheckedGraph check(TinyGraph graph, int width) {
    return GraphCheck.check(
        "scorer.onnx", graph.bytes(), Signatures.of(spec(width)), ANY, () -> {});
  }

  private static OnnxScorer open(CheckedGraph graph, int width, RunWatch watch, int chunk) {
    return OnnxScorer.open(
        spec(width), graph, new RunTerms(watch, MemoryAccount.UNBOUNDED), new Chunks(chunk));
  }

  /** Dense layers of these widths with an activation between, over the items times the user. */
  private static TinyGraph layers(Random random, String activation, int... widths) {
    TinyGraph graph =
        TinyGraph.ofOpset(20)
            .input("user", 1, widths[0])
            .input("items", TinyGraph.ROWS, widths[0])
            .output("score", TinyGraph.ROWS, 1)
            .node("Mul", "items user", "h0");
    for (int i = 1; i < widths.length; i++) {
      float[] weights = new float[widths[i - 1] * widths[i]];
      for (int w = 0; w < weights.length; w++) {
        weights[w] = (float) (random.nextGaussian() / Math.sqrt(widths[i - 1]));
      }
      graph.floats("w" + i, new long[] {widths[i - 1], widths[i]}, weights);
      graph.floats("b" + i, new long[] {widths[i]}, new float[widths[i]]);
      boolean last = i == widths.length - 1;
      graph.node("Gemm", "h" + (i - 1) + " w" + i + " b" + i, last ? "score" : "s" + i);
      if (!last) {
        graph.node(activation, "s" + i, "h" + i);
      }
    }
    return graph;
  }

  private static FeatureBatch batch(Random random, int width, int rows) {
    FeatureBatch batch = new BatchPool(new BatchLayout(width, width)).take(rows);
    for (int i = 0; i < width; i++) {
      batch.user().put(i, random.nextFloat());
    }
    for (int i = 0; i < width * rows; i++) {
      batch.input(0).put(i, (float) random.nextGaussian());
    }
    return batch;
  }

  private static int[] bits(OnnxScorer scorer, FeatureBatch batch) {
    scorer.score(batch, Cancellation.NEVER);
    int[] bits = new int[batch.rows()];
    for (int row = 0; row < bits.length; row++) {
      bits[row] = Float.floatToRawIntBits(batch.outputs().get(row));
    }
    return bits;
  }

  @Test
  void score_ofABatchAgain_isThatOfANewOne() {
    Random random = new Random(12);
    CheckedGraph graph = check(layers(random, "Relu", 8, 6, 1), 8);
    CheckedGraph otherGraph = check(layers(random, "Tanh", 8, 5, 1), 8);
    BatchPool pool = new BatchPool(new BatchLayout(8, 8));
    try (OnnxScorer scorer = open(graph, 8, NO_WATCH, 1 << 20);
        OnnxScorer other = open(otherGraph, 8, NO_WATCH, 1 << 20)) {
      for (int rows : new int[] {40, 40, 33, 500, 500, 40}) {
        FeatureBatch fresh = batch(random, 8, rows);
        FeatureBatch kept = pool.take(rows);
        kept.user().put(0, fresh.user(), 0, 8);
        kept.input(0).put(0, fresh.input(0), 0, 8 * rows);
        assertArrayEquals(bits(scorer, fresh), bits(scorer, kept), rows + " rows");
        Object view = kept.view();
        assertArrayEquals(bits(scorer, fresh), bits(scorer, kept), rows + " rows again");
        assertSame(view, kept.view());
        assertArrayEquals(bits(other, fresh), bits(other, kept), rows + " rows of another");
        assertArrayEquals(bits(scorer, fresh), bits(scorer, kept), rows + " rows behind another");
        pool.giveBack(kept);
      }
    }
    pool.close();
  }

  @Test
  void score_inChunks_isTheSameToTheBitAsInOneRun() {
    Random random = new Random(11);
    int[][] networks = {{8, 6, 1}, {33, 64, 1}, {64, 128, 30, 1}, {130, 64, 1}, {7, 5, 3, 1}};
    String[] activations = {"Relu", "Sigmoid", "Tanh", "Softplus", "Gelu", "Elu"};
    for (int[] widths : networks) {
      for (String activation : activations) {
        CheckedGraph graph = check(layers(random, activation, widths), widths[0]);
        try (OnnxScorer whole = open(graph, widths[0], NO_WATCH, 1 << 20);
            OnnxScorer few = open(graph, widths[0], NO_WATCH, 16);
            OnnxScorer usual = open(graph, widths[0], NO_WATCH, 256)) {
          for (int rows : new int[] {1, 2, 17, 33, 257, 258, 511, 513, 1_000}) {
            FeatureBatch batch = batch(random, widths[0], rows);
            int[] expected = bits(whole, batch);
            String at = activation + " " + widths[0] + " " + rows;
            assertArrayEquals(expected, bits(few, batch), at);
            assertArrayEquals(expected, bits(usual, batch), at);
          }
        }
      }
    }
  }

  @Test
  void chunks_coverAllRowsAndLeaveNoneAlone() {
    for (int size : new int[] {16, 32, 256}) {
      Chunks chunks = new Chunks(size);
      for (int rows = 1; rows < 1_000; rows++) {
        int left = rows;
        while (left > 0) {
          int next = chunks.next(left);
          assertTrue(next <= chunks.largest(rows) && (next > 1 || rows == 1), rows + " " + left);
          left -= next;
        }
        assertEquals(0, left);
      }
    }
  }

  private static int rows(long base, long row, long bytes) {
    return Chunks.of(new GraphCost(0, new Linear(0, bytes), 0, new Linear(base, row))).rows();
  }

  @Test
  void chunks_takeAWholeWindowWhereARowIsCheap() {
    // The trainer's usual network: 64 factors, layers of 64 and 32.
    assertTrue(rows(600_000, 12_500, 800) >= 10_000);
    assertTrue(rows(50_000, 0, 0) >= 10_000);
  }

  @Test
  void chunks_areSomeMillisecondsWhereARowIsHeavy() {
    assertEquals(2_672, rows(100_000, 100_000, 800));
    assertEquals(256, rows(0, 1 << 20, 800));
    assertEquals(64, rows(0, 1 << 22, 800));
    assertEquals(16, rows(0, Chunks.WORK, 800));
    assertEquals(16, rows(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @Test
  void chunks_areLargerWhereEachRunHasMuchToDoFirst() {
    assertEquals(800, rows(100_000_000, 1_000_000, 800));
    // And not so large that a run could not end.
    assertEquals(272, rows(800_000_000, 1_000_000, 800));
  }

  @Test
  void chunks_takeNoMoreMemoryThanFewRowsNeed() {
    assertEquals(1_024, rows(0, 10_000, 8 << 10));
    assertEquals(256, rows(0, 10_000, 1 << 20));
  }

  @Test
  void score_whenCancelledBetweenChunks_endsThere() {
    CheckedGraph graph = check(layers(new Random(1), "Relu", 8, 6, 1), 8);
    try (OnnxScorer scorer = open(graph, 8, NO_WATCH, 16)) {
      FeatureBatch batch = batch(new Random(2), 8, 160);
      for (int row = 0; row < 160; row++) {
        batch.outputs().put(row, -1f);
      }
      AtomicInteger looks = new AtomicInteger();
      CancellationException cancelled = new CancellationException();
      Cancellation third =
          () -> {
            if (looks.incrementAndGet() == 3) {
              throw cancelled;
            }
          };
      assertSame(
          cancelled, assertThrows(CancellationException.class, () -> scorer.score(batch, third)));
      // Two chunks ran and no third.
      assertEquals(-1f, batch.outputs().get(32));
    }
  }

  /** A chain that takes far longer than a test: only the watch can end it. */
  private static CheckedGraph endless() {
    TinyGraph graph =
        TinyGraph.ofOpset(17)
            .input("user", 1, 64)
            .input("items", TinyGraph.ROWS, 64)
            .output("score", TinyGraph.ROWS, 1)
            .zeros("w", 64, 4_096)
            .zeros("v", 4_096, 64);
    String last = "items";
    for (int i = 0; i < 3_000; i++) {
      graph.node("MatMul", last + " w", "a" + i).node("MatMul", "a" + i + " v", "b" + i);
      last = "b" + i;
    }
    return check(
        graph.node("ReduceSum", last + " axis", "score", "keepdims", 1).longs("axis", 1), 64);
  }

  @Test
  void score_whenCancelledInsideAChunk_isEndedByTheWatch() {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread runner = Thread.currentThread();
    CancellationException cancelled = new CancellationException();
    // The running thread's own looks see nothing until the watch has seen it.
    Cancellation cancellation =
        () -> {
          if (Thread.currentThread() != runner) {
            stopped.countDown();
            throw cancelled;
          }
          if (stopped.getCount() == 0) {
            throw cancelled;
          }
        };
    RunWatch watch = new RunWatch((millis, task) -> new Thread(task, "watch").start());
    try (OnnxScorer scorer = open(endless(), 64, watch, 256)) {
      FeatureBatch batch = batch(new Random(3), 64, 256);
      assertSame(
          cancelled,
          assertThrows(CancellationException.class, () -> scorer.score(batch, cancellation)));
      assertEquals(0, stopped.getCount());
      // The flag is the run's, not the session's: the next one goes its way.
      batch.reset(1);
    }
  }

  @Test
  void score_afterARunThatWasEnded_works() {
    CheckedGraph graph = check(layers(new Random(1), "Relu", 8, 6, 1), 8);
    AtomicInteger ticks = new AtomicInteger();
    RunWatch watch =
        new RunWatch(
            (millis, task) -> {
              if (ticks.incrementAndGet() == 1) {
                task.run();
              }
            });
    try (OnnxScorer scorer = open(graph, 8, watch, 16)) {
      FeatureBatch batch = batch(new Random(2), 8, 40);
      AtomicInteger looks = new AtomicInteger();
      // Seen by the watch only, as the first look: the run ends at its first operator.
      Cancellation once =
          () -> {
            if (looks.incrementAndGet() == 1) {
              throw new CancellationException();
            }
          };
      assertThrows(ScoringException.class, () -> scorer.score(batch, once));
      scorer.score(batch, Cancellation.NEVER);
    }
  }

  @Test
  void score_countsItsMemoryBeforeTheRunAndGivesItBack() {
    CheckedGraph graph = check(layers(new Random(1), "Relu", 8, 6, 1), 8);
    AtomicLong taken = new AtomicLong();
    AtomicLong most = new AtomicLong();
    MemoryAccount memory =
        new MemoryAccount() {
          @Override
          public void take(long bytes, String what) {
            if (bytes > 3_000) {
              throw new IllegalStateException("too much for " + what);
            }
            most.set(taken.addAndGet(bytes));
          }

          @Override
          public void giveBack(long bytes) {
            taken.addAndGet(-bytes);
          }
        };
    try (OnnxScorer scorer =
        OnnxScorer.open(spec(8), graph, new RunTerms(NO_WATCH, memory), new Chunks(16))) {
      // A row: products of 8, a layer of 6 twice, and the output.
      assertEquals(84 * 10, scorer.runBytes(10));
      assertEquals(84 * 17, scorer.runBytes(1_000));
      scorer.score(batch(new Random(2), 8, 40), Cancellation.NEVER);
      assertEquals(84 * 17, most.get());
      assertEquals(0, taken.get());
    }
    try (OnnxScorer scorer =
        OnnxScorer.open(spec(8), graph, new RunTerms(NO_WATCH, memory), new Chunks(256))) {
      FeatureBatch batch = batch(new Random(2), 8, 200);
      assertThrows(IllegalStateException.class, () -> scorer.score(batch, Cancellation.NEVER));
      assertEquals(Optional.of(0L), Optional.of(taken.get()));
    }
  }
}
