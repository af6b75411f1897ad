// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** The frame around a graph: versions, provenance and the shapes of its inputs and outputs. */
final class OnnxFormat {
  /** The operator set; later ones need later runtimes and bring nothing that we use. */
  static final int OPSET = 13;

  /** The file format's version that came with {@link #OPSET}. */
  static final int IR_VERSION = 7;

  static final String PRODUCER = "neural-rescore";

  private OnnxFormat() {}

  /**
   * Frames a graph. No clock and no machine goes in: the same graph gives the same bytes.
   *
   * @param graph a finished graph
   * @param version this software's version
   * @param doc what the graph computes
   */
  static byte[] model(GraphProto graph, String version, String doc) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setProducerName(PRODUCER)
        .setProducerVersion(version)
        .setDocString(doc)
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /**
   * Names the first dimension of a float matrix, which Tribuo always calls {@code batch}.
   *
   * @param value a graph's input or output of two dimensions
   * @param rows how many rows it has, a name or {@code "1"}
   */
  static ValueInfoProto withRows(ValueInfoProto value, String rows) {
    Dimension first =
        rows.equals("1")
            ? Dimension.newBuilder().setDimValue(1).build()
            : Dimension.newBuilder().setDimParam(rows).build();
    ValueInfoProto.Builder builder = value.toBuilder();
    TensorShapeProto.Builder shape =
        builder.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.setDim(0, first);
    return builder.build();
  }
}
