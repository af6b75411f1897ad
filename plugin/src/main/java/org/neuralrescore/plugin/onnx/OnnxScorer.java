// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.lucene.BatchScorer;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.FeatureBatch;

/**
 * The scorer graph: one user in one context against the rows of a batch, in {@link Chunks}. Reads
 * the batch's direct buffers and writes its outputs without a copy. {@link #score} may run on
 * several threads; {@link #close} must not overlap with it, which {@link ReferenceCount} sees to.
 */
public final class OnnxScorer implements BatchScorer, AutoCloseable {
  /** Rows of the smallest run that a window is divided into. */
  public static final int SMALLEST_CHUNK = Chunks.LEAST;

  /** Operations that such a run may take. */
  public static final long MOST_WORK = Chunks.WORK;

  private static final long CHEAP_WORK = 1L << 26;
  private static final int CHEAP_ROWS = 1_000;

  private final CheckedGraph graph;
  private final OrtSession session;
  private final RunTerms terms;
  private final Chunks chunks;
  private final String user;
  private final List<InputSource> requestInputs;
  private final List<InputSource> rowInputs;
  private final String output;
  private final boolean flatOutput;

  private OnnxScorer(ScorerSpec spec, CheckedGraph graph, RunTerms terms, Chunks chunks) {
    this.graph = graph.withoutBytes();
    this.terms = terms;
    this.chunks = chunks;
    this.user = spec.user().name();
    this.requestInputs = spec.requestInputs();
    this.rowInputs = spec.rowInputs();
    this.output = spec.output();
    this.flatOutput = Signatures.isFlat(graph);
    this.session = Sessions.open(graph);
  }

  /**
   * Opens a graph.
   *
   * @param graph checked against {@link Signatures#of(ScorerSpec)}
   * @throws org.neuralrescore.bundle.InvalidBundleException where ONNX Runtime refuses it
   */
  public static OnnxScorer open(ScorerSpec spec, CheckedGraph graph, RunTerms terms) {
    return open(spec, graph, terms, Chunks.of(graph.cost()));
  }

  static OnnxScorer open(ScorerSpec spec, CheckedGraph graph, RunTerms terms, Chunks chunks) {
    return new OnnxScorer(spec, graph, terms, chunks);
  }

  /** Whether a thousand rows cost next to nothing. */
  public boolean isCheap() {
    return graph.cost().work().at(CHEAP_ROWS) <= CHEAP_WORK;
  }

  /** Bytes of native memory that scoring so many rows takes besides the batch. */
  public long runBytes(int rows) {
    return graph.cost().runBytes().at(chunks.largest(rows));
  }

  @Override
  public void score(FeatureBatch batch, Cancellation cancellation) {
    int rows = batch.rows();
    long bytes = runBytes(rows);
    terms.memory().take(bytes, "a run of " + graph.file());
    try (WatchedRun run = terms.watch().begin(cancellation)) {
      for (int from = 0; from < rows; ) {
        cancellation.check();
        int next = chunks.next(rows - from);
        score(batch, from, next, run);
        from += next;
      }
    } finally {
      terms.memory().giveBack(bytes);
    }
  }

  private void score(FeatureBatch batch, int from, int rows, WatchedRun run) {
    try {
      if (rows == batch.rows()) {
        run(kept(batch), run);
        return;
      }
      try (RunTensors part = new RunTensors(this, rows)) {
        fill(part, batch, from, rows);
        run(part, run);
      }
    } catch (OrtException e) {
      throw run.failure(Sessions.failed(graph.file(), rows, e));
    }
  }

  private void run(RunTensors tensors, WatchedRun run) throws OrtException {
    session.run(tensors.inputs(), Set.of(), tensors.outputs(), run.options()).close();
  }

  /** The tensors of a run over a whole batch: those of the window before, where it was as large. */
  private RunTensors kept(FeatureBatch batch) throws OrtException {
    if (batch.view() instanceof RunTensors kept && kept.isOf(this, batch.rows())) {
      return kept;
    }
    RunTensors whole = new RunTensors(this, batch.rows());
    boolean filled = false;
    try {
      fill(whole, batch, 0, batch.rows());
      filled = true;
    } finally {
      if (!filled) {
        whole.close();
      }
    }
    batch.keep(whole);
    return whole;
  }

  private void fill(RunTensors tensors, FeatureBatch batch, int from, int rows)
      throws OrtException {
    FloatBuffer outputs = batch.outputs().slice(from, rows);
    if (flatOutput) {
      tensors.output(output, outputs, rows);
    } else {
      tensors.output(output, outputs, rows, 1);
    }
    tensors.input(user, batch.user(), 1, batch.layout().userWidth());
    for (int i = 0; i < requestInputs.size(); i++) {
      tensors.input(requestInputs.get(i).name(), batch.context(i), 1, requestInputs.get(i).width());
    }
    for (int i = 0; i < rowInputs.size(); i++) {
      int width = rowInputs.get(i).width();
      FloatBuffer values = batch.input(i).slice(from * width, rows * width);
      tensors.input(rowInputs.get(i).name(), values, rows, width);
    }
  }

  @Override
  public void close() {
    Sessions.close(graph.file(), session);
  }
}
