// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neuralrescore.bundle.EncoderSpec;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.plugin.bundle.TinyGraph;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.GraphCheck;
import org.neuralrescore.plugin.graph.GraphLimits;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.MemoryAccount;
import org.neuralrescore.plugin.lucene.ScoringException;

class OnnxEncoderTest {
  private static final int RANK = 64;
  private static final EncoderSpec SPEC =
      new EncoderSpec("user-encoder.onnx", "items", "weights", "user");
  private static final GraphLimits ANY =
      new GraphLimits(
          Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1);

  /** The weighted sum of the items, after so many products that count for nothing. */
  private static CheckedGraph graph(int products) {
    TinyGraph graph =
        TinyGraph.ofOpset(17)
            .input("items", TinyGraph.ROWS, RANK)
            .input("weights", TinyGraph.ROWS, 1)
            .output("user", 1, RANK)
            .longs("axis", 0)
            .zeros("w", RANK, 4_096)
            .zeros("v", 4_096, RANK);
    String last = "items";
    for (int i = 0; i < products; i++) {
      graph.node("MatMul", last + " w", "a" + i).node("MatMul", "a" + i + " v", "b" + i);
      last = "b" + i;
    }
    byte[] bytes =
        graph
            .node("Add", "items " + last, "rows")
            .node("Mul", "rows weights", "weighted")
            .node("ReduceSum", "weighted axis", "user", "keepdims", 1)
            .bytes();
    return GraphCheck.check(SPEC.file(), bytes, Signatures.of(SPEC, RANK), ANY, () -> {});
  }

  private static FloatMatrix items(int rows) {
    FloatVector row = FloatVector.of(new float[RANK]);
    return FloatMatrix.ofRows(Collections.nCopies(rows, row));
  }

  private static FloatVector weights(int rows) {
    float[] weights = new float[rows];
    Arrays.fill(weights, 1);
    return FloatVector.of(weights);
  }

  /** Takes minutes for a history of 1,000: nothing but the watch ends it while a test waits. */
  @Test
  @Timeout(30)
  void encode_whenCancelledInsideItsRun_isEndedByTheWatchAndGivesItsMemoryBack() {
    Thread runner = Thread.currentThread();
    CancellationException cancelled = new CancellationException();
    AtomicBoolean isCancelled = new AtomicBoolean();
    AtomicLong taken = new AtomicLong();
    AtomicLong takenWhenSeen = new AtomicLong();
    // Cancelled when the watch first looks, which is while the run is under way.
    Cancellation cancellation =
        () -> {
          if (Thread.currentThread() != runner) {
            takenWhenSeen.set(taken.get());
            isCancelled.set(true);
          }
          if (isCancelled.get()) {
            throw cancelled;
          }
        };
    RunWatch watch = new RunWatch((millis, task) -> later(millis, task).start());
    MemoryAccount memory =
        new MemoryAccount() {
          @Override
          public void take(long bytes, String what) {
            taken.addAndGet(bytes);
          }

          @Override
          public void giveBack(long bytes) {
            taken.addAndGet(-bytes);
          }
        };
    try (OnnxEncoder encoder =
        OnnxEncoder.open(SPEC, RANK, graph(3_000), new RunTerms(watch, memory))) {
      FloatMatrix items = items(1_000);
      FloatVector weights = weights(1_000);
      assertSame(
          cancelled,
          assertThrows(
              CancellationException.class, () -> encoder.encode(items, weights, cancellation)));
      assertTrue(takenWhenSeen.get() > 0);
      assertEquals(0, taken.get());
    }
  }

  private static Thread later(long millis, Runnable task) {
    return new Thread(
        () -> {
          try {
            TimeUnit.MILLISECONDS.sleep(millis);
            task.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        "watch");
  }

  @Test
  void encode_afterOneThatWasEnded_works() {
    AtomicBoolean first = new AtomicBoolean(true);
    Thread runner = Thread.currentThread();
    RunWatch watch = new RunWatch((millis, task) -> later(millis, task).start());
    try (OnnxEncoder encoder =
        OnnxEncoder.open(SPEC, RANK, graph(40), new RunTerms(watch, MemoryAccount.UNBOUNDED))) {
      Cancellation inside =
          () -> {
            if (Thread.currentThread() != runner) {
              first.set(false);
            }
            if (!first.get()) {
              throw new CancellationException();
            }
          };
      assertThrows(
          CancellationException.class, () -> encoder.encode(items(1_000), weights(1_000), inside));
      FloatMatrix two = FloatMatrix.ofRows(List.of(filled(1), filled(2)));
      FloatVector user = encoder.encode(two, FloatVector.of(1, 3), Cancellation.NEVER);
      assertEquals(7, user.get(0), 1e-5);
    }
  }

  /** In a process of its own, with little direct memory: a search fails, and no process. */
  public static void main(String[] args) {
    RunWatch watch = new RunWatch((millis, task) -> {});
    try (OnnxEncoder encoder =
        OnnxEncoder.open(SPEC, RANK, graph(0), new RunTerms(watch, MemoryAccount.UNBOUNDED))) {
      encoder.encode(items(1_000), weights(1_000), Cancellation.NEVER);
    } catch (ScoringException failed) {
      System.exit(failed.getMessage().startsWith("no direct memory left for ") ? 7 : 1);
    }
  }

  @Test
  void encode_withoutDirectMemory_failsItsRun() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxDirectMemorySize=64k",
                "-cp",
                System.getProperty("java.class.path"),
                OnnxEncoderTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(7, process.waitFor(), said);
  }

  private static FloatVector filled(float value) {
    float[] values = new float[RANK];
    Arrays.fill(values, value);
    return FloatVector.of(values);
  }
}
