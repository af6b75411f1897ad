// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.neuralrescore.bundle.EncoderSpec;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.DirectFloats;
import org.neuralrescore.plugin.lucene.ScoringException;

/** The user encoder graph: the vectors and weights of a history to a user vector. */
public final class OnnxEncoder implements AutoCloseable {
  private final EncoderSpec spec;
  private final int rank;
  private final CheckedGraph graph;
  private final RunTerms terms;
  private final OrtSession session;

  private OnnxEncoder(EncoderSpec spec, int rank, CheckedGraph graph, RunTerms terms) {
    this.spec = spec;
    this.rank = rank;
    this.graph = graph.withoutBytes();
    this.terms = terms;
    this.session = Sessions.open(graph);
  }

  /**
   * Opens a graph.
   *
   * @param graph checked against {@link Signatures#of(EncoderSpec, int)}
   * @throws org.neuralrescore.bundle.InvalidBundleException where ONNX Runtime refuses it
   */
  public static OnnxEncoder open(EncoderSpec spec, int rank, CheckedGraph graph, RunTerms terms) {
    return new OnnxEncoder(spec, rank, graph, terms);
  }

  /**
   * Encodes a history.
   *
   * @param items item vectors {@code [n x rank]}, n at least 1
   * @param weights positive, one an item
   * @param cancellation asked now and then; what it throws ends the run and is thrown
   * @return the user vector {@code [rank]}
   * @throws ScoringException where the run fails or gives a value that is not finite
   */
  public FloatVector encode(FloatMatrix items, FloatVector weights, Cancellation cancellation) {
    cancellation.check();
    long bytes = graph.cost().runBytes().at(items.rows()) + bytes(items.rows());
    terms.memory().take(bytes, "a run of " + graph.file());
    try {
      return run(items, weights, cancellation);
    } finally {
      terms.memory().giveBack(bytes);
    }
  }

  /** Bytes of the buffers around a run. */
  private long bytes(int rows) {
    return (long) Float.BYTES * (rows * (rank + 1L) + rank);
  }

  private FloatVector run(FloatMatrix items, FloatVector weights, Cancellation cancellation) {
    FloatBuffer itemBuffer = direct(items.rows() * rank);
    items.values().copyTo(itemBuffer, 0);
    FloatBuffer weightBuffer = direct(items.rows());
    weights.copyTo(weightBuffer, 0);
    FloatBuffer user = direct(rank);
    try (WatchedRun run = terms.watch().begin(cancellation)) {
      run(itemBuffer, weightBuffer, user, items.rows(), run);
    }
    float[] values = new float[rank];
    user.get(0, values);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new ScoringException(spec.file() + " gave a user vector that is not finite");
      }
    }
    return FloatVector.of(values);
  }

  private void run(
      FloatBuffer items, FloatBuffer weights, FloatBuffer user, int rows, WatchedRun run) {
    OrtEnvironment environment = Sessions.environment();
    try (OnnxTensor itemTensor =
            OnnxTensor.createTensor(environment, items, new long[] {rows, rank});
        OnnxTensor weightTensor =
            OnnxTensor.createTensor(environment, weights, new long[] {rows, 1});
        OnnxTensor target = OnnxTensor.createTensor(environment, user, new long[] {1, rank})) {
      session
          .run(
              Map.of(spec.items(), itemTensor, spec.weights(), weightTensor),
              Set.of(),
              Map.of(spec.output(), target),
              run.options())
          .close();
    } catch (OrtException e) {
      throw run.failure(Sessions.failed(graph.file(), rows, e));
    }
  }

  private static FloatBuffer direct(int floats) {
    return DirectFloats.allocate(floats, "a history: make it shorter");
  }

  @Override
  public void close() {
    Sessions.close(spec.file(), session);
  }
}
