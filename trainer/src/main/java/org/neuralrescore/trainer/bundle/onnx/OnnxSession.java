// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/** A session of ONNX Runtime with its options: one owner, closed once. */
final class OnnxSession implements AutoCloseable {
  private final String file;
  private final OrtEnvironment environment;
  private final SessionOptions options;
  private final OrtSession session;

  private OnnxSession(
      String file, OrtEnvironment environment, SessionOptions options, OrtSession session) {
    this.file = file;
    this.environment = environment;
    this.options = options;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @param file its name, for errors
   * @param model a whole ONNX model
   * @param inputs the names of exactly the inputs that the caller will feed
   * @param output the output that the caller will read
   */
  static OnnxSession load(String file, byte[] model, List<String> inputs, String output) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    SessionOptions options = new SessionOptions();
    try {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(model, options);
      OnnxSession loaded = new OnnxSession(file, environment, options, session);
      loaded.check(inputs, output);
      return loaded;
    } catch (OrtException e) {
      options.close();
      throw new UserError(
          Kind.MISMATCH,
          "["
              + file
              + "] does not load in ONNX Runtime "
              + environment.getVersion()
              + ": "
              + firstLine(e)
              + "; export it again",
          e);
    }
  }

  private void check(List<String> inputs, String output) {
    if (!session.getInputNames().equals(Set.copyOf(inputs))
        || !session.getOutputNames().contains(output)) {
      String names = session.getInputNames() + " to " + session.getOutputNames();
      close();
      throw new UserError(
          Kind.MISMATCH,
          "["
              + file
              + "] expects inputs "
              + inputs
              + " and output ["
              + output
              + "], got "
              + names
              + ": only this trainer's graphs run offline");
    }
  }

  /** A direct buffer for a tensor; the tensor reads it without a copy. */
  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /**
   * Runs the graph.
   *
   * @param inputs one a name; buffers are direct, read from position to limit, and must stay
   *     reachable until this returns
   * @param target filled from {@code offset} on with the output
   */
  void run(List<Matrix> inputs, String output, float[] target, int offset, int expectedLength) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Matrix input : inputs) {
        tensors.put(input.name(), input.tensor(environment));
      }
      read(tensors, output, target, offset, expectedLength);
    } catch (OrtException e) {
      throw new UserError(
          Kind.MISMATCH, "[" + file + "] failed in ONNX Runtime: " + firstLine(e), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private void read(
      Map<String, OnnxTensor> tensors,
      String output,
      float[] target,
      int offset,
      int expectedLength)
      throws OrtException {
    try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      if (values.remaining() != expectedLength) {
        throw new UserError(
            Kind.MISMATCH,
            "["
                + file
                + "] expects "
                + expectedLength
                + " values of ["
                + output
                + "], got "
                + values.remaining());
      }
      values.get(target, offset, expectedLength);
    }
  }

  /**
   * A float matrix for one input.
   *
   * @param name the input
   * @param values row-major [rows x width], direct
   */
  record Matrix(String name, FloatBuffer values, int rows, int width) {
    OnnxTensor tensor(OrtEnvironment environment) throws OrtException {
      return OnnxTensor.createTensor(environment, values, new long[] {rows, width});
    }
  }

  private static String firstLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the session of [" + file + "]", e);
    } finally {
      options.close();
    }
  }
}
