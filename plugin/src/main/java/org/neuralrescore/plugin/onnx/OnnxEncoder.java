package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.neuralrescore.bundle.EncoderSpec;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.lucene.ScoringException;

/** The user encoder graph: the vectors and weights of a history to a user vector. */
public final class OnnxEncoder implements AutoCloseable {
  private final EncoderSpec spec;
  private final int rank;
  private final OrtSession session;

  private OnnxEncoder(EncoderSpec spec, int rank, OrtSession session) {
    this.spec = spec;
    this.rank = rank;
    this.session = session;
  }

  /**
   * Opens a graph.
   *
   * @param graph checked against {@link Signatures#of(EncoderSpec, int)}
   * @throws org.neuralrescore.bundle.InvalidBundleException where ONNX Runtime refuses it
   */
  public static OnnxEncoder open(EncoderSpec spec, int rank, CheckedGraph graph) {
    return new OnnxEncoder(spec, rank, Sessions.open(graph));
  }

  /**
   * Encodes a history.
   *
   * @param items item vectors {@code [n x rank]}, n at least 1
   * @param weights positive, one an item
   * @return the user vector {@code [rank]}
   * @throws ScoringException where the run fails or gives a value that is not finite
   */
  public FloatVector encode(FloatMatrix items, FloatVector weights) {
    FloatBuffer itemBuffer = direct(items.rows() * rank);
    items.values().copyTo(itemBuffer, 0);
    FloatBuffer weightBuffer = direct(items.rows());
    weights.copyTo(weightBuffer, 0);
    FloatBuffer user = direct(rank);
    try (OnnxTensor itemTensor =
            OnnxTensor.createTensor(
                Sessions.environment(), itemBuffer, new long[] {items.rows(), rank});
        OnnxTensor weightTensor =
            OnnxTensor.createTensor(
                Sessions.environment(), weightBuffer, new long[] {items.rows(), 1});
        OnnxTensor target =
            OnnxTensor.createTensor(Sessions.environment(), user, new long[] {1, rank})) {
      session
          .run(
              Map.of(spec.items(), itemTensor, spec.weights(), weightTensor),
              Set.of(),
              Map.of(spec.output(), target))
          .close();
    } catch (OrtException e) {
      throw new ScoringException(
          spec.file() + " failed on a history of " + items.rows() + ": " + Sessions.runFailure(e));
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

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void close() {
    Sessions.close(spec.file(), session);
  }
}
