package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.NodeInfo;
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
   * Opens a graph and checks its signature against the manifest's.
   *
   * @throws org.neuralrescore.bundle.InvalidBundleException where it does not fit
   */
  public static OnnxEncoder open(EncoderSpec spec, int rank, byte[] bytes) {
    OrtSession session = Sessions.open(spec.file(), bytes);
    boolean open = false;
    try {
      OnnxEncoder encoder = new OnnxEncoder(spec, rank, session);
      encoder.checkSignature();
      open = true;
      return encoder;
    } finally {
      if (!open) {
        close(spec.file(), session);
      }
    }
  }

  private void checkSignature() {
    String file = spec.file();
    try {
      Map<String, NodeInfo> inputs = session.getInputInfo();
      Sessions.requireNames(file, "inputs", Set.of(spec.items(), spec.weights()), inputs.keySet());
      Sessions.requireShape(file, "input", spec.items(), inputs, -1, rank);
      Sessions.requireShape(file, "input", spec.weights(), inputs, -1, 1);
      Map<String, NodeInfo> outputs = session.getOutputInfo();
      Sessions.requireNames(file, "outputs", Set.of(spec.output()), outputs.keySet());
      Sessions.requireShape(file, "output", spec.output(), outputs, 1, rank);
    } catch (OrtException e) {
      throw new ScoringException(file + " can not be read: " + e.getMessage(), e);
    }
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
    close(spec.file(), session);
  }

  private static void close(String file, OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ScoringException(file + " can not be closed: " + e.getMessage(), e);
    }
  }
}
