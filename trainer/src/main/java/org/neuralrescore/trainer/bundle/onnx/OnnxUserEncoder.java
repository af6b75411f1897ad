// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import java.nio.FloatBuffer;
import java.util.List;
import org.neuralrescore.trainer.bundle.onnx.OnnxSession.Matrix;

/** Runs an exported user encoder in ONNX Runtime. Thread-safe. Close it. */
public final class OnnxUserEncoder implements AutoCloseable {
  private final OnnxSession session;
  private final int rank;

  /**
   * Loads an encoder.
   *
   * @param model the bytes of {@code user-encoder.onnx}
   * @param rank k
   */
  public OnnxUserEncoder(byte[] model, int rank) {
    this.session =
        OnnxSession.load(
            "user-encoder.onnx",
            model,
            List.of(UserEncoderGraph.ITEMS, UserEncoderGraph.WEIGHTS),
            UserEncoderGraph.USER);
    this.rank = rank;
  }

  /**
   * Encodes one history, as {@link org.neuralrescore.trainer.model.FoldIn#encode} does.
   *
   * @param items row-major [n x rank], n &gt;= 1
   * @param weights [n], positive
   * @return [rank], new
   */
  public float[] encode(float[] items, float[] weights) {
    int n = weights.length;
    if (n < 1 || items.length != (long) n * rank) {
      throw new IllegalArgumentException(
          "encoder of rank "
              + rank
              + " got "
              + items.length
              + " item values for "
              + n
              + " weights");
    }
    FloatBuffer itemBuffer = OnnxSession.direct(items.length).put(items).flip();
    FloatBuffer weightBuffer = OnnxSession.direct(n).put(weights).flip();
    float[] user = new float[rank];
    session.run(
        List.of(
            new Matrix(UserEncoderGraph.ITEMS, itemBuffer, n, rank),
            new Matrix(UserEncoderGraph.WEIGHTS, weightBuffer, n, 1)),
        UserEncoderGraph.USER,
        user,
        0,
        rank);
    return user;
  }

  @Override
  public void close() {
    session.close();
  }
}
