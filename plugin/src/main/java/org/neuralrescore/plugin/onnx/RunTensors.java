// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.neuralrescore.plugin.lucene.BatchView;

/**
 * The tensors of one run: a batch's buffers, or a part of them, as ONNX Runtime sees them. Making
 * and closing one takes about as long as a network takes for some rows.
 */
final class RunTensors implements BatchView {
  private final OnnxScorer scorer;
  private final int rows;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs = new HashMap<>();

  /** None yet, of a scorer's runs of so many rows. */
  RunTensors(OnnxScorer scorer, int rows) {
    this.scorer = scorer;
    this.rows = rows;
  }

  /** Whether it was made for such runs. */
  boolean isOf(OnnxScorer other, int otherRows) {
    return scorer == other && rows == otherRows;
  }

  void input(String name, FloatBuffer values, long... shape) throws OrtException {
    inputs.put(name, OnnxTensor.createTensor(Sessions.environment(), values, shape));
  }

  /** The run writes to the buffer, and its result owns nothing. */
  void output(String name, FloatBuffer values, long... shape) throws OrtException {
    outputs.put(name, OnnxTensor.createTensor(Sessions.environment(), values, shape));
  }

  Map<String, OnnxTensor> inputs() {
    return inputs;
  }

  Map<String, OnnxTensor> outputs() {
    return outputs;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
  }
}
