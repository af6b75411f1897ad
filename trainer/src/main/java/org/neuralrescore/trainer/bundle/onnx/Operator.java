// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import java.util.Map;
import java.util.Set;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;

/** Operators of opset 13 that {@link org.tribuo.util.onnx.ONNXOperators} lacks. */
enum Operator implements ONNXOperator {
  /** {@code max(0, x)}. */
  RELU("Relu", 1, Map.of()),
  /** Reverses the axes, or permutes them by {@code perm}. */
  TRANSPOSE("Transpose", 1, Map.of("perm", new ONNXAttribute("perm", AttributeType.INTS, false))),
  /** The absolute value. */
  ABS("Abs", 1, Map.of()),
  /** -1, 0 or 1. */
  SIGN("Sign", 1, Map.of()),
  /** The natural logarithm. */
  LOG("Log", 1, Map.of()),
  /** The matrix product. */
  MATMUL("MatMul", 2, Map.of());

  private final String opName;
  private final int inputs;

  @SuppressWarnings("ImmutableEnumChecker") // Tribuo's attribute is immutable, but not marked so.
  private final Map<String, ONNXAttribute> attributes;

  Operator(String opName, int inputs, Map<String, ONNXAttribute> attributes) {
    this.opName = opName;
    this.inputs = inputs;
    this.attributes = attributes;
  }

  @Override
  public String getOpName() {
    return opName;
  }

  @Override
  public int getNumInputs() {
    return inputs;
  }

  @Override
  public int getNumOptionalInputs() {
    return 0;
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  public Map<String, ONNXAttribute> getAttributes() {
    return attributes;
  }

  @Override
  public Set<String> getMandatoryAttributeNames() {
    return Set.of();
  }

  @Override
  public int getOpVersion() {
    return OnnxFormat.OPSET;
  }

  @Override
  public String getOpDomain() {
    return "";
  }
}
